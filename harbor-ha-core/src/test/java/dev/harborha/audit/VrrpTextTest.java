package dev.harborha.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of keepalived as keepalived reads it. */
class VrrpTextTest {

    private static final VrrpText.Block FILE = VrrpText.read("""
            ! of the test
            global_defs {
                vrrp_version 3 # not 2
            }
            vrrp_instance "a name"
            {
                priority 100
                priority 150
                unicast_peer { 10.0.0.1
                    10.0.0.2 }
                virtual_ipaddress {
                    10.0.0.9/24 dev eth0
                }
            }
            }
            after it
            """);

    private static VrrpText.Block instance() {
        return FILE.block("vrrp_instance").orElseThrow();
    }

    @Test
    void linesAreATree() {
        assertThat(FILE.inside()).hasSize(3);
        assertThat(FILE.block("global_defs").orElseThrow().value("vrrp_version"))
                .isEqualTo("3");
        assertThat(instance().word(1)).isEqualTo("a name");
        assertThat(instance().value("priority")).isEqualTo("150");
        assertThat(instance().value("state")).isEmpty();
        assertThat(instance().listed("unicast_peer")).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(instance().listed("virtual_ipaddress")).containsExactly("10.0.0.9/24");
        assertThat(instance().block("authentication")).isEmpty();
        assertThat(instance()).hasToString("vrrp_instance …");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "}", "a {", "a { b", "a \"b", "! { \n } {", "a } } b {", "{ {", "\u0000 \ud800 {"})
    @Timeout(10)
    void everyTextHasAnEnd(String text) {
        assertThat(VrrpText.read(text).inside()).hasSizeLessThan(3);
        assertThat(VrrpText.read((text + "\n").repeat(5000)).value("nothing")).isEmpty();
    }
}
