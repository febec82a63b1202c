package dev.harborha.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Env files as Docker Compose reads them. */
class EnvTextTest {

    @Test
    void linesAreRead() {
        assertThat(EnvText.read("""
                        # comment
                        A=1
                         B = two words\s
                        export C=3
                        D=
                        E=x # comment
                        F=x#y
                        G='$x # "y"' # comment
                        H="a\\"b\\\\c\\nd\\te\\$f" # comment
                        I='it'
                        J="not closed
                        K=a=b==
                        L='\\n'
                        M=' x'y
                        no line
                        =nothing
                        A=2
                        """))
                .isEqualTo(Map.ofEntries(
                        Map.entry("A", "2"),
                        Map.entry("B", "two words"),
                        Map.entry("C", "3"),
                        Map.entry("D", ""),
                        Map.entry("E", "x"),
                        Map.entry("F", "x#y"),
                        Map.entry("G", "$x # \"y\""),
                        Map.entry("H", "a\"b\\c\nd\te$f"),
                        Map.entry("I", "it"),
                        Map.entry("J", "\"not closed"),
                        Map.entry("K", "a=b=="),
                        Map.entry("L", "\\n"),
                        Map.entry("M", " x")));
    }

    @Test
    void windowsAndTheEndOfAFileDoNotMatter() {
        assertThat(EnvText.read("A=1\r\nB=\"2\"\r\nC=3")).isEqualTo(Map.of("A", "1", "B", "2", "C", "3"));
        assertThat(EnvText.read("")).isEmpty();
    }
}
