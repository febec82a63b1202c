package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.render.FileChange;
import dev.harborha.render.FileChange.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    private static FileChange change(Kind kind, boolean foreign, String before, String after) {
        return new FileChange("lb/x.conf", kind, foreign, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    private static String diff(String before, String after) {
        return UnifiedDiff.text(List.of(change(Kind.CHANGED, false, before, after)));
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    @Test
    void noChangeIsNoText() {
        assertThat(UnifiedDiff.text(List.of())).isEmpty();
    }

    @Test
    void aChangedLineHasThreeLinesAroundIt() {
        assertThat(diff(lines(1, 20), lines(1, 9) + "ten\n" + lines(11, 20))).isEqualTo("""
                        --- a/lb/x.conf
                        +++ b/lb/x.conf
                        @@ -7,7 +7,7 @@
                         7
                         8
                         9
                        -10
                        +ten
                         11
                         12
                         13
                        """);
    }

    @Test
    void changesWhoseSurroundingsTouchAreInOneHunk() {
        assertThat(diff(lines(1, 30), lines(2, 8) + lines(10, 16) + lines(18, 30)))
                .isEqualTo("""
                        --- a/lb/x.conf
                        +++ b/lb/x.conf
                        @@ -1,4 +1,3 @@
                        -1
                         2
                         3
                         4
                        @@ -6,7 +5,6 @@
                         6
                         7
                         8
                        -9
                         10
                         11
                         12
                        @@ -14,7 +12,6 @@
                         14
                         15
                         16
                        -17
                         18
                         19
                         20
                        """);
        assertThat(diff(lines(1, 30), lines(2, 7) + lines(9, 30)).lines().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -1,11 +1,9 @@");
    }

    @Test
    void aFileThatIsNewOrGone() {
        assertThat(UnifiedDiff.text(
                        List.of(change(Kind.ADDED, false, null, "a\nb\n"), change(Kind.REMOVED, false, "a\n", null))))
                .isEqualTo("""
                        --- /dev/null
                        +++ b/lb/x.conf
                        @@ -0,0 +1,2 @@
                        +a
                        +b
                        --- a/lb/x.conf
                        +++ /dev/null
                        @@ -1 +0,0 @@
                        -a
                        """);
    }

    @Test
    void aLastLineWithoutANewline() {
        assertThat(diff("a", "a\n")).isEqualTo("""
                        --- a/lb/x.conf
                        +++ b/lb/x.conf
                        @@ -1 +1 @@
                        -a
                        \\ No newline at end of file
                        +a
                        """);
    }

    @Test
    void whatIsSecretIsOneLine() {
        assertThat(UnifiedDiff.text(List.of(
                        change(Kind.ADDED, false, null, null),
                        change(Kind.CHANGED, false, null, null),
                        change(Kind.CHANGED, false, "old text of a file that becomes secret", null),
                        change(Kind.REMOVED, false, null, null))))
                .isEqualTo("""
                        ~ lb/x.conf added (secret, not shown)
                        ~ lb/x.conf changed (secret, not shown)
                        ~ lb/x.conf changed (secret, not shown)
                        ~ lb/x.conf removed (secret, not shown)
                        """);
    }

    @Test
    void permissionsBinariesAndForeignEditsAreSaid() {
        assertThat(UnifiedDiff.text(List.of(
                        change(Kind.MODE_CHANGED, false, null, null),
                        change(Kind.CHANGED, true, null, "a\n"),
                        change(Kind.REMOVED, true, null, null))))
                .isEqualTo("""
                        ~ lb/x.conf gets other permissions
                        ~ lb/x.conf was made or changed by somebody else; writing it needs force
                        ~ lb/x.conf changed (what lies there is no UTF-8 text, not shown)
                        ~ lb/x.conf was made or changed by somebody else; writing it needs force
                        ~ lb/x.conf removed (secret, not shown)
                        """);
    }

    @Test
    void aForeignEditIsShownAfterTheLineThatSaysSo() {
        assertThat(UnifiedDiff.text(List.of(change(Kind.CHANGED, true, "a\n", "b\n"))))
                .startsWith(
                        "~ lb/x.conf was made or changed by somebody else; writing it needs force\n--- a/lb/x.conf\n");
    }

    @Test
    void nothingInAFileTalksToTheTerminal() {
        assertThat(diff("a\u001b[31m\r\n\tb\n", "\u009b\n\tb\n")).contains("-a\\u001b[31m\\u000d\n+\\u009b\n \tb\n");
    }

    /** A balancer of 10,000 nodes has a line for each; neither a small change nor a change of all of them may take long. */
    @Test
    void largeFilesAreComparedInTime() {
        String before = lines(1, 100_000);

        assertThat(diff(before, before.replace("\n50000\n", "\nx\n")).lines()).hasSize(11);
        assertThat(diff(before, before.replace("\n", "x\n")).lines()).hasSize(200_003);
        assertThat(diff(lines(1, 2_000), lines(1, 2_000).replace("\n", "x\n")).lines())
                .hasSize(4_003);
    }
}
