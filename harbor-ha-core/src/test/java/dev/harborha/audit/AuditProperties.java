package dev.harborha.audit;

import static dev.harborha.audit.SampleBundle.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Files that were damaged anyhow are audited to the end, and what stands in them stays there. */
class AuditProperties {

    private static final HarborHa HARBOR = HarborHa.create().on(BundleExamples.DAY);
    private static final int TRIES = 200;

    /**
     * One change of one file.
     *
     * @param file which one, as a part of all of them
     * @param edit what happens to its text
     */
    record Damage(double file, Edit edit) {}

    /** A change of a text. */
    interface Edit extends UnaryOperator<String> {}

    @Provide
    Arbitrary<SampleBundle> bundles() {
        return Arbitraries.of(List.<Supplier<SampleBundle>>of(
                        SampleBundle::complete,
                        SampleBundle::installer,
                        SampleBundle::of05,
                        () -> SampleBundle.complete().nodesWithTls().secondBalancer(),
                        () -> SampleBundle.complete().haproxy().virtualIp()))
                .map(Supplier::get);
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        return Combinators.combine(part(), edits())
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Arbitrary<Double> part() {
        return Arbitraries.doubles().between(0, 1);
    }

    private static Arbitrary<Edit> edits() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.of(
                        "\"",
                        "'",
                        "\\",
                        "\n",
                        "\n\n",
                        ": ",
                        " #",
                        "{",
                        "}",
                        "[",
                        "]",
                        "- ",
                        "&a ",
                        "*a",
                        "<<: *a",
                        "|\n",
                        ">\n",
                        "$",
                        "=",
                        ";",
                        "@",
                        "/",
                        "-----BEGIN ",
                        "\u0000",
                        "\u2028",
                        "\ud800",
                        "\ufeff",
                        "\t",
                        "\r",
                        "1e9999",
                        "null"),
                Arbitraries.strings().ofMaxLength(12));
        Arbitrary<Edit> insert = Combinators.combine(part(), texts)
                .as((at, text) -> all -> all.substring(0, at(all, at)) + text + all.substring(at(all, at)));
        Arbitrary<Edit> cut = Combinators.combine(part(), part()).as((one, other) -> all -> {
            int from = Math.min(at(all, one), at(all, other));
            return all.substring(0, from) + all.substring(Math.max(at(all, one), at(all, other)));
        });
        Arbitrary<Edit> truncate = part().map(at -> all -> all.substring(0, at(all, at)));
        Arbitrary<Edit> repeat = Combinators.combine(texts, Arbitraries.of(10, 3000, 20_000))
                .as((text, times) -> all -> all + text.repeat(times));
        Arbitrary<Edit> swap = Combinators.combine(part(), part()).as((one, other) -> all -> {
            List<String> lines = new ArrayList<>(all.lines().toList());
            if (!lines.isEmpty()) {
                Collections.swap(lines, index(lines, one), index(lines, other));
            }
            return String.join("\n", lines);
        });
        return Arbitraries.oneOf(insert, cut, truncate, repeat, swap);
    }

    private static int at(String text, double part) {
        return (int) (part * text.length());
    }

    private static int index(List<String> list, double part) {
        return Math.min((int) (part * list.size()), list.size() - 1);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void damagedFilesAreAuditedAndKeepTheirSecrets(
            @ForAll("bundles") SampleBundle bundle, @ForAll("damages") List<Damage> damages) {
        for (Damage damage : damages) {
            List<RenderedFile> files = List.copyOf(bundle.files());
            String path = files.get((int) Math.min(damage.file() * files.size(), files.size() - 1))
                    .path();
            bundle.change(path, damage.edit());
        }
        Report report = HARBOR.audit(bundle.bundle());
        report.findings().forEach(finding -> {
            assertThat(finding.problem().message()).matches("[\\p{Lu}0-9\"][^\\r\\n]*\\.");
            assertThat(finding.toString()).doesNotContain(SECRETS);
        });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void filesThatAreLostAreAudited(@ForAll("bundles") SampleBundle bundle, @ForAll("losses") List<Double> losses) {
        for (double loss : losses) {
            List<RenderedFile> files = List.copyOf(bundle.files());
            if (files.size() == 1) {
                break;
            }
            bundle.remove(files.get((int) Math.min(loss * files.size(), files.size() - 1))
                    .path());
        }
        assertThat(HARBOR.audit(bundle.bundle()).toString()).doesNotContain(SECRETS);
    }

    @Provide
    Arbitrary<List<Double>> losses() {
        return part().list().ofMinSize(1).ofMaxSize(20);
    }
}
