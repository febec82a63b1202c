package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.TlsCertificate;
import dev.harborha.render.Bundle;
import dev.harborha.render.FileChange;
import dev.harborha.render.Mode;
import dev.harborha.render.RenderedFile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.report.JUnitReport;
import dev.harborha.templates.report.JsonReport;
import dev.harborha.templates.report.SarifReport;
import dev.harborha.templates.report.UnifiedDiff;
import dev.harborha.testing.Clusters;
import dev.harborha.validation.Location;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No secret is seen but in a file that is secret, whichever of the cluster's or of the key store's it is. */
class SecretsStayHiddenProperties {

    private static final ClusterKeys KEYS = TestKeys.KEYS;

    @Provide
    Arbitrary<MarkedSecrets> clusters() {
        return Clusters.sound().map(MarkedSecrets::of);
    }

    /** Clusters with an error, so that messages are made; some in the secrets themselves. */
    @Provide
    Arbitrary<MarkedSecrets> wrongClusters() {
        Arbitrary<String> ends = Arbitraries.of("", " ; x", "$x", " #x", "\n", "é", ",", "' ");
        return Combinators.combine(Clusters.any(), Arbitraries.of("0.5.0", "2.0.0", "2.9.5", "2.15.2"), ends)
                .as((cluster, release, end) ->
                        MarkedSecrets.of(cluster.toBuilder().harbor(release).build(), marker -> marker + end));
    }

    private static Map<String, String> needles(MarkedSecrets marked) {
        Map<String, String> needles = new TreeMap<>(marked.needles());
        needles.putAll(MarkedSecrets.of(KEYS));
        return needles;
    }

    private static void shows(String where, String text, Map<String, String> needles) {
        needles.forEach((name, needle) ->
                assertThat(text.contains(needle)).as("%s shows %s", where, name).isFalse());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void openFilesAndNamesShowNone(@ForAll("clusters") MarkedSecrets marked) {
        Map<String, String> needles = needles(marked);
        Bundle bundle = TestKeys.HARBOR.render(marked.cluster(), KEYS);
        for (RenderedFile file : bundle.files()) {
            shows("a path", file.path(), needles);
            shows("a file's toString", file.toString(), needles);
            assertThat(file.mode() == Mode.PRIVATE).as(file.path()).isEqualTo(file.secret());
            if (!file.secret()) {
                shows(file.path(), file.content(), needles);
            }
        }
        shows("the bundle", bundle.toString(), needles);
        shows("the cluster", marked.cluster().toString(), needles);
        shows("the keys", KEYS.toString(), needles);
    }

    /** Each secret is in some secret file, so that the test above could find it elsewhere. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void everySecretIsInASecretFile(@ForAll("clusters") MarkedSecrets marked) {
        Map<String, String> needles = new TreeMap<>(marked.needles());
        for (LoadBalancer balancer : marked.cluster().loadBalancers()) {
            if (marked.cluster().servingNodes().size() < 2
                    && balancer.program() == LoadBalancerProgram.NGINX
                    && balancer.healthCheck().probe().orElse(null) instanceof HealthProbe.Canary canary) {
                // A node that is the only one is not asked how it does.
                needles.values().removeIf(needle -> canary.password().reveal().contains(needle));
            }
            if (balancer.certificate() instanceof TlsCertificate.Pem pem
                    && !balancer.endsTlsFor(marked.cluster().publicUrl())) {
                needles.values().removeIf(needle -> pem.key().reveal().contains(needle));
            }
        }
        List<String> secrets = TestKeys.HARBOR.render(marked.cluster(), KEYS).files().stream()
                .filter(RenderedFile::secret)
                .map(file -> file.content() + decoded(file.content()))
                .toList();
        needles.values().removeIf(needle -> secrets.stream().anyMatch(text -> text.contains(needle)));
        assertThat(needles).isEmpty();
        assertThat(marked.needles()).hasSameSizeAs(marked.cluster().secrets().keySet());
    }

    /** What HAProxy sends in a header is written as the header has it. */
    private static String decoded(String content) {
        return Pattern.compile("Basic ([A-Za-z0-9+/=]+)")
                .matcher(content)
                .results()
                .map(basic -> new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void reportsAndExceptionsShowNone(@ForAll("wrongClusters") MarkedSecrets marked) {
        Map<String, String> needles = needles(marked);
        Report report = TestKeys.HARBOR.check(marked.cluster());
        reports(report, TestKeys.HARBOR.asked(marked.cluster()), needles);
        report.findings().forEach(finding -> shows("a finding", finding.toString(), needles));
        Throwable thrown = catchThrowable(() -> TestKeys.HARBOR.render(marked.cluster(), KEYS));
        if (thrown != null) {
            shows("an exception", trace(thrown), needles);
        }
        Cluster unresolved = marked.cluster().toBuilder()
                .adminPassword(Secret.fromEnv("NOT_SET", Map.of()))
                .build();
        shows("an exception", trace(catchThrowable(() -> TestKeys.HARBOR.render(unresolved, KEYS))), needles);
    }

    /** The files have them, what is said of the files has not. */
    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void reportsOnFilesShowNone(@ForAll("clusters") MarkedSecrets marked, @ForAll("clusters") MarkedSecrets other) {
        List<RenderedFile> mixed = new ArrayList<>(firstNode(TestKeys.HARBOR.render(marked.cluster(), KEYS), "a"));
        mixed.addAll(firstNode(TestKeys.HARBOR.render(other.cluster(), Other.KEYS), "b"));
        Map<String, String> needles = needles(marked);
        needles.putAll(MarkedSecrets.of(Other.KEYS));
        Report report = TestKeys.HARBOR.audit(Bundle.of(Map.of("mixed", mixed)));
        assertThat(report.hasErrors()).isTrue();
        reports(report, List.of(), needles);
    }

    private static List<RenderedFile> firstNode(Bundle bundle, String name) {
        String folder = bundle.files().stream()
                .map(RenderedFile::path)
                .filter(path -> path.startsWith("nodes/"))
                .map(path -> path.substring(0, path.indexOf('/', "nodes/".length()) + 1))
                .findFirst()
                .orElseThrow();
        return bundle.files().stream()
                .filter(file -> file.path().startsWith(folder))
                .map(file -> RenderedFile.open(
                        "nodes/" + name + "/" + file.path().substring(folder.length()), file.content()))
                .toList();
    }

    private static void reports(Report report, List<RuleInfo> asked, Map<String, String> needles) {
        Report placed = report.located(path -> Optional.of(new Location("cluster.yaml", 1, 1)));
        shows("the report", report.toString(), needles);
        shows("the whole report", new TextReport(true, Integer.MAX_VALUE).write(placed), needles);
        shows("the report in JSON", JsonReport.write(placed), needles);
        shows("the report in SARIF", SarifReport.write(placed), needles);
        shows("the report in JUnit's XML", JUnitReport.write(placed, asked), needles);
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
    void differencesShowNone(@ForAll("clusters") MarkedSecrets marked, @ForAll("clusters") MarkedSecrets other)
            throws IOException {
        Map<String, String> needles = needles(marked);
        Path folder = Files.createTempDirectory("hidden");
        try {
            Bundle bundle = TestKeys.HARBOR.render(marked.cluster(), KEYS);
            differences(bundle.diff(folder), needles);
            bundle.writeTo(folder);
            shows("the manifest", Files.readString(folder.resolve(".harbor-ha.manifest")), needles);
            // Of another cluster: texts differ, files come and go.
            differences(TestKeys.HARBOR.render(other.cluster(), Other.KEYS).diff(folder), needles);
            for (RenderedFile file : bundle.files()) {
                Files.writeString(folder.resolve(file.path()), file.content() + "# edited\n");
            }
            differences(bundle.diff(folder), needles);
            shows("an exception", trace(catchThrowable(() -> bundle.writeTo(folder))), needles);
        } finally {
            Program.removeFolder(folder);
        }
    }

    private static void differences(List<FileChange> changes, Map<String, String> needles) {
        assertThat(changes).isNotEmpty();
        for (FileChange change : changes) {
            shows("a change", change.toString(), needles);
            shows("what lies there", change.before().orElse(""), needles);
            shows("what comes", change.after().orElse(""), needles);
        }
        shows("the diff", UnifiedDiff.text(changes), needles);
    }

    private static String trace(Throwable thrown) {
        assertThat(thrown).isNotNull();
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Drawn only when it is needed. */
    private static final class Other {
        static final ClusterKeys KEYS = ClusterKeys.generate(2048).withInternalTls();
    }
}
