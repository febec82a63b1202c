package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EnvReaderProperties {

    @Property
    void composeCarriesAnythingInDoubleQuotes(@ForAll("values") String value) {
        String quoted = "\"" + value.replaceAll("[\\\\\"$]", "\\\\$0") + "\"";
        assertThat(EnvReader.COMPOSE.read("A=1\nKEY=" + quoted + "\nZ=2\n"))
                .isEqualTo(Map.of("A", "1", "KEY", value, "Z", "2"));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withChars(" \t\n#\"'\\$${}=:abntx0é😀".toCharArray());
    }
}
