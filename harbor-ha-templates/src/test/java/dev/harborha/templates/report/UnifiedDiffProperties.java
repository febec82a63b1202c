package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.render.FileChange;
import dev.harborha.render.FileChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UnifiedDiffProperties {

    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a\n", "b\n", "c\n", "\n", "-\n", "+x\n", " y\n", "@@\n")
                .list()
                .ofMaxSize(40)
                .map(lines -> String.join("", lines))
                .flatMap(text -> Arbitraries.of(text, text + "end"));
    }

    @Property(tries = 3000)
    void applyingTheDifferenceGivesTheNewText(@ForAll("texts") String before, @ForAll("texts") String after) {
        String diff = UnifiedDiff.text(
                List.of(new FileChange("f", Kind.CHANGED, false, Optional.of(before), Optional.of(after))));

        assertThat(applied(before, diff)).isEqualTo(after);
    }

    /** Applies a difference by its line numbers, checking every kept and deleted line, as patch does. */
    private static String applied(String before, String diff) {
        List<String> from = split(before);
        List<String> result = new ArrayList<>();
        int at = 0;
        List<String> lines = split(diff);
        int i = 2;
        while (i < lines.size()) {
            Matcher hunk = HUNK.matcher(lines.get(i++).strip());
            assertThat(hunk.matches()).isTrue();
            int deleted = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
            int inserted = hunk.group(4) == null ? 1 : Integer.parseInt(hunk.group(4));
            int start = Integer.parseInt(hunk.group(1)) - (deleted == 0 ? 0 : 1);
            while (at < start) {
                result.add(from.get(at++));
            }
            assertThat(result).hasSize(Integer.parseInt(hunk.group(3)) - (inserted == 0 ? 0 : 1));
            while (deleted > 0 || inserted > 0) {
                String line = lines.get(i++);
                String text = line.substring(1);
                if (i < lines.size() && lines.get(i).startsWith("\\")) {
                    text = text.substring(0, text.length() - 1);
                    i++;
                }
                if (line.charAt(0) != '+') {
                    assertThat(from.get(at++)).isEqualTo(text);
                    deleted--;
                }
                if (line.charAt(0) != '-') {
                    result.add(text);
                    inserted--;
                }
            }
        }
        result.addAll(from.subList(at, from.size()));
        return String.join("", result);
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        Matcher line = Pattern.compile("[^\n]*\n|[^\n]+").matcher(text);
        while (line.find()) {
            lines.add(line.group());
        }
        return lines;
    }
}
