package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "Usage: harbor-ha"),
                Arguments.of("rendr", "Did you mean: harbor-ha render or harbor-ha renew?"),
                Arguments.of("--verson", "There is no option --verson."),
                Arguments.of("init extra", "Nothing is expected at \"extra\"."),
                Arguments.of("init --harbor", "Missing required parameter for option '--harbor' (VERSION)"),
                Arguments.of("init --harbor 2", "\"2\" is no Harbor version"),
                Arguments.of("check", "Missing required parameter: 'FILE'"),
                Arguments.of("check a b", "Nothing is expected at \"b\"."),
                Arguments.of("check @a", "@a"),
                Arguments.of("check a --format xml", "\"xml\" is no format; use text, json, sarif or junit."),
                Arguments.of("check a --format", "Missing required parameter for option '--format'"),
                Arguments.of("check a -o", "Missing required parameter for option '--output' (FILE)"),
                Arguments.of("check a -o b -o c", "'--output' (FILE) should be specified only once"),
                Arguments.of("check a --keys b", "There is no option --keys."),
                Arguments.of("render a", "Missing required option: '--output=DIR'"),
                Arguments.of("render -o b", "Missing required parameter: 'FILE'"),
                Arguments.of("render a -o", "Missing required parameter for option '--output' (DIR)"),
                Arguments.of("render a -o b --keys", "Missing required parameter for option '--keys' (DIR)"),
                Arguments.of("render a -o b --keys=", "a path must not be blank."),
                Arguments.of("render a -o b --format=JSON", "\"JSON\" is no format; use text, json, sarif or junit."),
                Arguments.of("render a -o b --dry-run --diff", "Use --dry-run or --diff, not both."),
                Arguments.of(
                        "render a -o b --diff --format sarif",
                        "With --diff use the format text or json, which list files."),
                Arguments.of("render a -o b --dry-run --format junit", "With --dry-run use the format text or json"),
                Arguments.of("rules --format=sarif", "\"sarif\" is no format; use text or json."),
                Arguments.of("render a -o b --frce", "There is no option --frce."),
                Arguments.of("render a -o b -o c", "'--output' (DIR) should be specified only once"),
                Arguments.of("render a -o b --force=maybe", "--force"),
                Arguments.of("renew", "Missing required parameter: 'DIR'"),
                Arguments.of("renew a b", "Nothing is expected at \"b\"."),
                Arguments.of("renew a --keys b", "There is no option --keys."),
                Arguments.of("explain", "Missing required parameter: 'TEXT'"),
                Arguments.of("explain a --keys b", "There is no option --keys."),
                Arguments.of("explain a --format=junit", "\"junit\" is no format; use text or json."),
                Arguments.of("rules a b", "Nothing is expected at \"b\"."),
                Arguments.of("rules --format=yaml", "\"yaml\" is no format; use text or json."));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongArgumentsAreRefusedInWords(String line, String said) {
        Run run = Run.of(
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(said).doesNotContain("Exception", "\tat ");
    }

    @Test
    void everySubcommandHasHelpOnStandardOutput() {
        for (String subcommand : new String[] {"init", "check", "render", "renew", "rules", "explain"}) {
            Run help = Run.of(subcommand, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).startsWith("Usage: harbor-ha " + subcommand);
            assertThat(help.err()).isEmpty();
        }
        assertThat(Run.of("--help").out())
                .contains("init", "check", "render", "renew", "rules", "explain", "Exit codes:");
        assertThat(Run.of("--version").out()).startsWith("harbor-ha ").contains("renders Harbor 0.5, 2.0 to 2.15\n");
    }

    @Test
    void whatNobodyExpectedIsOneSentence() {
        RuntimeException surprise = new IllegalStateException("with a secret in it");
        Run quiet = tell(surprise, false);
        assertThat(quiet.code()).isEqualTo(2);
        assertThat(quiet.err())
                .hasLineCount(1)
                .contains("IllegalStateException", "HARBORHA_DEBUG=1")
                .doesNotContain("secret in it");

        assertThat(tell(surprise, true).err()).contains("\tat dev.harborha.examples.ArgumentsTest");
        assertThat(tell(new OutOfMemoryError(), false).err()).contains("-Xmx");
    }

    private static Run tell(Throwable failure, boolean debug) {
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                Reader.nullReader(), new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, debug);
        return new Run(Failure.tell(failure, terminal), "", err.toString());
    }
}
