package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {

    @ParameterizedTest
    @CsvSource({
        "10.213.47.0/24, 10.213.47.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.0.0.1/32, 10.0.0.1/32",
        "10.128.0.0/09, 10.128.0.0/9",
        "FD00:47:0::/64, fd00:47::/64",
        "[fd00:47::]/64, fd00:47::/64",
        "::/0, ::/0",
        "::1/128, ::1/128",
    })
    void isParsed(String text, String canonical) {
        assertThat(Subnet.parse(text)).hasToString(canonical).isEqualTo(Subnet.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``               | "" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0.0         | "10.0.0.0" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0.0/        | "10.0.0.0/" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            /24              | "/24" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0.0/33      | "10.0.0.0/33" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0.0/-1      | "10.0.0.0/-1" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0.0/9999    | "10.0.0.0/9999" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0.0/2/4     | "10.0.0.0/2/4" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            fd00::/129       | "fd00::/129" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            db.example.com/8 | "db.example.com/8" is no subnet; write an address and a prefix, as in "10.213.47.0/24".
            10.0.0/24        | "10.0.0" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            10.0.0.300/24    | "10.0.0.300" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            10.213.47.1/24   | The subnet 10.213.47.1/24 has bits set behind its prefix; give the first address of the range.
            10.213.47.0/8    | The subnet 10.213.47.0/8 has bits set behind its prefix; give the first address of the range.
            fd00::1/64       | The subnet fd00::1/64 has bits set behind its prefix; give the first address of the range.
            128.0.0.0/0      | The subnet 128.0.0.0/0 has bits set behind its prefix; give the first address of the range.
            """)
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> Subnet.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void holdsTheAddressesOfItsPrefix() {
        Subnet odd = Subnet.parse("10.213.32.0/19");
        assertThat(odd.contains(new Host("10.213.32.0"))).isTrue();
        assertThat(odd.contains(new Host("10.213.63.255"))).isTrue();
        assertThat(odd.contains(new Host("10.213.64.0"))).isFalse();
        assertThat(odd.contains(new Host("10.213.31.255"))).isFalse();
        assertThat(Subnet.parse("0.0.0.0/0").contains(new Host("255.0.0.1"))).isTrue();
        assertThat(Subnet.parse("10.0.0.1/32").contains(new Host("10.0.0.1"))).isTrue();
        assertThat(Subnet.parse("10.0.0.1/32").contains(new Host("10.0.0.0"))).isFalse();
    }

    @Test
    void holdsNoNameAndNoAddressOfTheOtherFamily() {
        assertThat(Subnet.parse("0.0.0.0/0").contains(new Host("db.example.com")))
                .isFalse();
        assertThat(Subnet.parse("0.0.0.0/0").contains(new Host("::1"))).isFalse();
        assertThat(Subnet.parse("::/0").contains(new Host("10.0.0.1"))).isFalse();
        assertThat(Subnet.parse("fd00:47::/64").contains(new Host("fd00:47::ffff:1")))
                .isTrue();
        assertThat(Subnet.parse("fd00:47::/64").contains(new Host("fd00:47:0:1::")))
                .isFalse();
    }
}
