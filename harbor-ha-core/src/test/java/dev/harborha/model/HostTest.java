package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            harbor.example.com                        | harbor.example.com
            Harbor.EXAMPLE.com                        | harbor.example.com
            harbor-1                                  | harbor-1
            1and1.example                             | 1and1.example
            xn--bcher-kva.example                     | xn--bcher-kva.example
            10.0.0.11                                 | 10.0.0.11
            0.0.0.0                                   | 0.0.0.0
            2001:db8::10                              | 2001:db8::10
            2001:0DB8:0000:0000:0000:0000:0000:0010   | 2001:db8::10
            2001:db8:0:0:0::10                        | 2001:db8::10
            [2001:db8::10]                            | 2001:db8::10
            ::                                        | ::
            ::1                                       | ::1
            ::ffff:10.0.0.11                          | 10.0.0.11
            ::FFFF:0a00:000b                          | 10.0.0.11
            2001:db8:1:0:0:1:0:1                      | 2001:db8:1::1:0:1
            """)
    void isKeptInItsCanonicalForm(String text, String canonical) {
        assertThat(new Host(text)).hasToString(canonical).isEqualTo(new Host(canonical));
    }

    @Test
    void hasAtMost253CharactersAnd63ALabel() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "b".repeat(61));
        assertThat(new Host(longest)).hasToString(longest);
        assertRefused(
                longest + "c",
                "\"" + "a".repeat(63) + "." + "a".repeat(16)
                        + "…\" is no host name: it has 254 characters, at most 253 are" + " allowed.");
        assertRefused(
                "é".repeat(2000),
                "\"" + "é".repeat(80) + "…\" is no host name: it has 2000 characters, at most 253 are allowed.");
        assertRefused(
                label + "a",
                "\"" + label + "a\" is no host name; use letters, digits and hyphens, with dots between the labels.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            10.0.0.256          | "10.0.0.256" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            10.0.0              | "10.0.0" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            10.0.0.011          | "10.0.0.011" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            12345               | "12345" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            2001:db8::10::1     | "2001:db8::10::1" is no IPv6 address; write it as in "2001:db8::10", without a port.
            harbor:80           | "harbor:80" is no IPv6 address; write it as in "2001:db8::10", without a port.
            [10.0.0.11]         | "[10.0.0.11]" is no IPv6 address; write it as in "2001:db8::10", without a port.
            [harbor]            | "[harbor]" is no IPv6 address; write it as in "2001:db8::10", without a port.
            []                  | "[]" is no IPv6 address; write it as in "2001:db8::10", without a port.
            fe80::1%eth0        | "fe80::1%eth0" has a zone (%), which names an interface of one machine only; give an address without it.
            https://harbor      | "https://harbor" is no host name; give the name or address alone, without a scheme, a user or a path.
            harbor/x            | "harbor/x" is no host name; give the name or address alone, without a scheme, a user or a path.
            10.0.0.0/24         | "10.0.0.0/24" is no host name; give the name or address alone, without a scheme, a user or a path.
            root@harbor         | "***@harbor" is no host name; give the name or address alone, without a scheme, a user or a path.
            http://u:pw@harbor  | "http://***@harbor" is no host name; give the name or address alone, without a scheme, a user or a path.
            u:p/w@x@harbor      | "***@harbor" is no host name; give the name or address alone, without a scheme, a user or a path.
            my_harbor           | "my_harbor" is no host name: it has an underscore, which DNS host names do not allow.
            bücher.example      | "bücher.example" is no host name; write it in its ASCII form "xn--bcher-kva.example".
            harbor\u212A        | "harbor\u212A" is no host name; write it in its ASCII form "harbork".
            ha rbor             | "ha rbor" is no host name; use letters, digits and hyphens, with dots between the labels.
            -harbor             | "-harbor" is no host name; use letters, digits and hyphens, with dots between the labels.
            harbor-             | "harbor-" is no host name; use letters, digits and hyphens, with dots between the labels.
            harbor.             | "harbor." is no host name; use letters, digits and hyphens, with dots between the labels.
            har..bor            | "har..bor" is no host name; use letters, digits and hyphens, with dots between the labels.
            ``                  | A host must not be empty; give a DNS name or an IP address.
            """)
    void isRefusedWithItsReason(String text, String message) {
        assertRefused(text, message);
    }

    @Test
    void controlCharactersAreSpelledOutInTheRefusal() {
        assertRefused(
                "harbor\n\u001b[31m",
                "\"harbor\\u000a\\u001b[31m\" is no host name; use letters, digits and hyphens, with dots between the"
                        + " labels.");
        assertRefused("harbor\ud800", "\"harbor\\ud800\" is no host name; use ASCII letters.");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> new Host(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.255.0.9", "::1", "localhost", "LOCALHOST", "x.localhost", "::ffff:127.0.0.1"})
    void meansTheMachineItself(String text) {
        assertThat(new Host(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"126.255.255.255", "128.0.0.1", "::2", "localhost.example.com", "mylocalhost", "0.0.0.0"})
    void doesNotMeanTheMachineItself(String text) {
        assertThat(new Host(text).isLoopback()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.0",
                "100.127.255.255",
                "fc00::1",
                "fdff::1",
                "::ffff:10.0.0.1",
                "harbor",
                "harbor.local",
                "harbor.internal",
                "harbor.lan",
                "harbor.intranet",
                "harbor.corp",
                "harbor.home",
                "harbor.private",
                "harbor.home.arpa"
            })
    void isPrivate(String text) {
        assertThat(new Host(text).isPrivate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
                "100.63.255.255", "100.128.0.0", "fbff::1", "fe00::1", "2001:db8::1", "harbor.example.com",
                "local.example.com", "harborlocal.com", "arpa.com"
            })
    void isNotPrivate(String text) {
        assertThat(new Host(text).isPrivate()).isFalse();
    }

    @Test
    void linkLocalAndUnspecifiedAddressesAreTold() {
        assertThat(new Host("169.254.0.1").isLinkLocal()).isTrue();
        assertThat(new Host("169.253.255.255").isLinkLocal()).isFalse();
        assertThat(new Host("fe80::1").isLinkLocal()).isTrue();
        assertThat(new Host("febf::1").isLinkLocal()).isTrue();
        assertThat(new Host("fec0::1").isLinkLocal()).isFalse();
        assertThat(new Host("0.0.0.0").isUnspecified()).isTrue();
        assertThat(new Host("::").isUnspecified()).isTrue();
        assertThat(new Host("::1").isUnspecified()).isFalse();
        assertThat(new Host("harbor").isUnspecified()).isFalse();
    }

    @Test
    void anIpv6AddressStandsInBracketsInAUrl() {
        assertThat(new Host("2001:db8::10").urlText()).isEqualTo("[2001:db8::10]");
        assertThat(new Host("10.0.0.11").urlText()).isEqualTo("10.0.0.11");
        assertThat(new Host("harbor").urlText()).isEqualTo("harbor");
        assertThat(new Host("2001:db8::10").isAddress()).isTrue();
        assertThat(new Host("10.0.0.11").isAddress()).isTrue();
        assertThat(new Host("harbor").isAddress()).isFalse();
    }
}
