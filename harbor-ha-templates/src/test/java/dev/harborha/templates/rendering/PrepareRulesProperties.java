package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** {@link PrepareRules} are the rules of Python 2.7 itself. */
@AddLifecycleHook(NeedsProgram.Python2.class)
class PrepareRulesProperties {

    private static final JsonNode REFUSED = PythonJudge.tree(Map.of("refused", true));

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> pieces = Arbitraries.of(
                "key", "b", "=", ":", " ", "\t", ";", " ;", "#", "\"\"", "\"", "'", "[", "]", "rem ", "REM", "\n",
                "\n ", "$", "%", "\\", "=x", "a ;b;c");
        return pieces.list().ofMaxSize(14).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of("$", "$$", "$a", "${a}", "${", "}", "a", "b_1", " ", "\n", "$1", "$_", "${a b}", "$b")
                .list()
                .ofMaxSize(10)
                .map(list -> String.join("", list));
    }

    @Property(tries = 2000)
    void filesAreReadAsPythonReadsThem(@ForAll("files") String file) {
        JsonNode ours;
        try {
            ours = PythonJudge.tree(PrepareRules.config(file));
        } catch (IllegalArgumentException e) {
            ours = REFUSED;
        }
        assertThat(ours).isEqualTo(Judges.cfg(file));
    }

    @Property(tries = 1000)
    void templatesAreFilledAsPythonFillsThem(@ForAll("templates") String template) {
        Map<String, String> values = Map.of("a", "$b", "b_1", "x", "_", "y");
        Optional<String> ours;
        try {
            ours = Optional.of(PrepareRules.substitute(template, values));
        } catch (IllegalArgumentException e) {
            ours = Optional.empty();
        }
        assertThat(ours).isEqualTo(Judges.filledByPython2(template, values));
    }
}
