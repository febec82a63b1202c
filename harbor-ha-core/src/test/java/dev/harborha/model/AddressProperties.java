package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is printed is parsed back, for all addresses, URLs and versions. */
class AddressProperties {

    @Provide
    Arbitrary<String> hostTexts() {
        Arbitrary<String> label = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(text -> "x" + text + "x");
        Arbitrary<String> names = label.list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
        Arbitrary<String> ipv4 = octets(4).map(list -> join(list, "."));
        Arbitrary<String> ipv6 = Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(0)),
                        Tuple.of(1, Arbitraries.integers().between(0, 0xffff)))
                .list()
                .ofSize(8)
                .map(groups -> groups.stream().map(Integer::toHexString).collect(Collectors.joining(":")));
        return Arbitraries.oneOf(names, ipv4, ipv6);
    }

    private static Arbitrary<List<Integer>> octets(int count) {
        return Arbitraries.integers().between(0, 255).list().ofSize(count);
    }

    private static String join(List<Integer> numbers, String separator) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }

    @Provide
    Arbitrary<HarborVersion> versions() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 9999).edgeCases(c -> c.add(0, 9999));
        return Combinators.combine(number, number, number).as(HarborVersion::new);
    }

    @Property
    void aHostIsParsedBack(@ForAll("hostTexts") String text) {
        Host host = new Host(text);
        assertThat(new Host(host.toString())).isEqualTo(host);
        assertThat(new Host(text.toUpperCase(Locale.ROOT))).isEqualTo(host);
        if (host.isIpv6()) {
            assertThat(new Host(host.urlText())).isEqualTo(host);
        }
        assertThat(List.of(host.isLoopback(), host.isLinkLocal(), host.isUnspecified()))
                .as("kinds of %s", host)
                .filteredOn(kind -> kind)
                .hasSizeLessThanOrEqualTo(1);
    }

    @Property
    void anIpv6AddressIsOneHostInAllItsSpellings(@ForAll @Size(8) List<@IntRange(max = 0xffff) Integer> groups) {
        String plain = groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
        String padded =
                groups.stream().map(group -> String.format("%04X", group)).collect(Collectors.joining(":"));
        String dotted = IntStream.range(0, 6)
                        .mapToObj(i -> Integer.toHexString(groups.get(i)))
                        .collect(Collectors.joining(":"))
                + ":" + (groups.get(6) >> 8) + "." + (groups.get(6) & 255) + "." + (groups.get(7) >> 8) + "."
                + (groups.get(7) & 255);
        assertThat(new Host(padded)).isEqualTo(new Host(plain));
        assertThat(new Host(dotted)).isEqualTo(new Host(plain));
    }

    @Property
    void aHostPortIsParsedBack(
            @ForAll("hostTexts") String host,
            @ForAll @IntRange(min = 1, max = 65_535) int port,
            @ForAll @IntRange(min = 1, max = 65_535) int other) {
        HostPort value = new HostPort(new Host(host), port);
        assertThat(HostPort.parse(value.toString(), other)).isEqualTo(value);
        assertThat(HostPort.parse(host, port)).isEqualTo(value);
    }

    @Property
    void aPublicUrlIsParsedBack(
            @ForAll boolean https,
            @ForAll("hostTexts") String host,
            @ForAll @IntRange(min = 1, max = 65_535) int port) {
        for (int each : new int[] {port, 80, 443}) {
            PublicUrl url = new PublicUrl(https, new Host(host), each);
            assertThat(PublicUrl.parse(url.toString())).isEqualTo(url);
            assertThat(PublicUrl.parse(url + "/")).isEqualTo(url);
            assertThat(new StorageUrl(url.toString()).host()).isEqualTo(url.host());
            ServiceUrl service = new ServiceUrl(url.toString());
            assertThat(service.host()).isEqualTo(url.host());
            assertThat(service.scheme() + "://" + service.rest()).isEqualTo(url.toString());
        }
    }

    @Property
    void aSubnetIsParsedBackAndHoldsItsFirstAddress(
            @ForAll("hostTexts") String text, @ForAll @IntRange(max = 128) int bits) {
        Host host = new Host(text);
        if (host.isAddress() && bits <= (host.isIpv6() ? 128 : 32)) {
            try {
                Subnet subnet = new Subnet(host, bits);
                assertThat(Subnet.parse(subnet.toString())).isEqualTo(subnet);
                assertThat(subnet.contains(host)).isTrue();
            } catch (IllegalArgumentException e) {
                assertThat(e)
                        .hasMessage("The subnet " + host + "/" + bits
                                + " has bits set behind its prefix; give the first address of the range.");
            }
            assertThat(new Subnet(host, host.isIpv6() ? 128 : 32).contains(host))
                    .isTrue();
        }
    }

    @Property
    void aVersionIsParsedBack(@ForAll("versions") HarborVersion version) {
        assertThat(HarborVersion.parse(version.toString())).isEqualTo(version);
        assertThat(HarborVersion.parse("v" + version)).isEqualTo(version);
    }

    @Property
    void aRangeHoldsWhatItSays(
            @ForAll("versions") HarborVersion one,
            @ForAll("versions") HarborVersion two,
            @ForAll("versions") HarborVersion probe) {
        if (one.isBefore(two)) {
            VersionRange range = VersionRange.between(one.toString(), two.toString());
            assertThat(range).hasToString(one + " to before " + two);
            assertThat(range.contains(probe)).isEqualTo(probe.compareTo(one) >= 0 && probe.compareTo(two) < 0);
            assertThat(range.contains(one)).isTrue();
            assertThat(range.contains(two)).isFalse();
        }
        assertThat(VersionRange.since(one.toString()).contains(probe))
                .isNotEqualTo(VersionRange.before(one.toString()).contains(probe));
    }
}
