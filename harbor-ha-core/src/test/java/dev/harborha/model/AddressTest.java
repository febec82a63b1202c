package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link HostPort}, {@link PublicUrl}, {@link StorageUrl} and {@link ServiceUrl}. */
class AddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            db.example.com              | db.example.com:3306
            DB.example.com:6033         | db.example.com:6033
            10.0.0.1                    | 10.0.0.1:3306
            10.0.0.1:65535              | 10.0.0.1:65535
            10.0.0.1:1                  | 10.0.0.1:1
            2001:db8::10                | [2001:db8::10]:3306
            [2001:db8::10]              | [2001:db8::10]:3306
            [2001:DB8:0::10]:6033       | [2001:db8::10]:6033
            ::ffff:10.0.0.1             | 10.0.0.1:3306
            """)
    void hostPortIsParsed(String text, String canonical) {
        assertThat(HostPort.parse(text, 3306)).hasToString(canonical).isEqualTo(HostPort.parse(canonical, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            db:0                      | "db:0" has no valid port: expected a number from 1 to 65535 after the colon.
            db:65536                  | "db:65536" has no valid port: expected a number from 1 to 65535 after the colon.
            db:99999999999            | "db:99999999999" has no valid port: expected a number from 1 to 65535 after the colon.
            db:                       | "db:" has no valid port: expected a number from 1 to 65535 after the colon.
            db:-1                     | "db:-1" has no valid port: expected a number from 1 to 65535 after the colon.
            db:+80                    | "db:+80" has no valid port: expected a number from 1 to 65535 after the colon.
            db:mysql                  | "db:mysql" has no valid port: expected a number from 1 to 65535 after the colon.
            `db: 80`                  | "db: 80" has no valid port: expected a number from 1 to 65535 after the colon.
            db:٣٣٠٦                   | "db:٣٣٠٦" has no valid port: expected a number from 1 to 65535 after the colon.
            [::1]:x                   | "[::1]:x" has no valid port: expected a number from 1 to 65535 after the colon.
            [::1                      | "[::1" is no address; write an IPv6 address with a port as in "[2001:db8::10]:6379".
            [::1]80                   | "[::1]80" is no address; write an IPv6 address with a port as in "[2001:db8::10]:6379".
            [db]:80                   | "[db]" is no IPv6 address; write it as in "2001:db8::10", without a port.
            db:80:90                  | "db:80:90" is no IPv6 address; write it as in "2001:db8::10", without a port.
            tcp://db:3306             | "tcp://db:3306" is no address; give host or host:port, without a scheme, a user or a path.
            https://10.0.0.1          | "https://10.0.0.1" is no address; give host or host:port, without a scheme, a user or a path.
            db:3306/registry          | "db:3306/registry" is no address; give host or host:port, without a scheme, a user or a path.
            redis://:pass@redis:6379  | "redis://***@redis:6379" is no address; give host or host:port, without a scheme, a user or a path.
            root:p@ss/word@db         | "***@db" is no address; give host or host:port, without a scheme, a user or a path.
            :80                       | A host must not be empty; give a DNS name or an IP address.
            ``                        | A host must not be empty; give a DNS name or an IP address.
            """)
    void hostPortIsRefused(String text, String message) {
        assertThatThrownBy(() -> HostPort.parse(text, 3306))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
    void aPortOutOfRangeIsRefused(int port) {
        String message = "Port " + port + " is out of range; use 1 to 65535.";
        assertThatThrownBy(() -> new HostPort(new Host("db"), port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> new PublicUrl(true, new Host("harbor"), port)).hasMessage(message);
        assertThatThrownBy(() -> new Node("n", new Host("harbor"), OptionalInt.of(port)))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://harbor.example.com         | https://harbor.example.com        | harbor.example.com
            HTTPS://Harbor.Example.com/        | https://harbor.example.com        | harbor.example.com
            https://harbor.example.com:443     | https://harbor.example.com        | harbor.example.com
            https://harbor.example.com:80      | https://harbor.example.com:80     | harbor.example.com:80
            https://harbor.example.com:8443/   | https://harbor.example.com:8443   | harbor.example.com:8443
            http://harbor.example.com          | http://harbor.example.com         | harbor.example.com
            http://harbor.example.com:443      | http://harbor.example.com:443     | harbor.example.com:443
            http://10.0.0.9:80                 | http://10.0.0.9                   | 10.0.0.9
            https://[2001:DB8::10]             | https://[2001:db8::10]            | [2001:db8::10]
            https://[2001:db8::10]:8443        | https://[2001:db8::10]:8443       | [2001:db8::10]:8443
            """)
    void publicUrlIsParsed(String text, String canonical, String authority) {
        PublicUrl url = PublicUrl.parse(text);
        assertThat(url).hasToString(canonical).isEqualTo(PublicUrl.parse(canonical));
        assertThat(url.authority()).isEqualTo(authority);
        assertThat(url.tokenRealm()).isEqualTo(canonical + "/service/token");
    }

    @Test
    void theSchemeGivesTheDefaultPort() {
        assertThat(PublicUrl.parse("https://harbor").port()).isEqualTo(443);
        assertThat(PublicUrl.parse("http://harbor").port()).isEqualTo(80);
        assertThat(PublicUrl.parse("http://harbor").scheme()).isEqualTo("http");
        assertThat(PublicUrl.parse("https://harbor").scheme()).isEqualTo("https");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            harbor.example.com          | "harbor.example.com" is no public URL: it needs a scheme, as in "https://harbor.example.com".
            ftp://harbor                | "ftp://harbor" is no public URL: it needs a scheme, as in "https://harbor.example.com".
            ``                          | "" is no public URL: it needs a scheme, as in "https://harbor.example.com".
            admin:pw@harbor             | "***@harbor" is no public URL: it needs a scheme, as in "https://harbor.example.com".
            https://admin:pw@harbor     | "https://***@harbor" is no public URL: it must not hold a user or a password; give "https://host[:port]".
            https://admin@harbor        | "https://***@harbor" is no public URL: it must not hold a user or a password; give "https://host[:port]".
            https://a:p/w@h@harbor:80   | "https://***@harbor:80" is no public URL: it must not hold a user or a password; give "https://host[:port]".
            https://harbor/registry     | "https://harbor/registry" is no public URL: Harbor is served at the root of its host; give "https://host[:port]" without a path or a query.
            https://harbor//            | "https://harbor//" is no public URL: Harbor is served at the root of its host; give "https://host[:port]" without a path or a query.
            https://harbor?x            | "https://harbor?x" is no public URL: Harbor is served at the root of its host; give "https://host[:port]" without a path or a query.
            https://harbor#x            | "https://harbor#x" is no public URL: Harbor is served at the root of its host; give "https://host[:port]" without a path or a query.
            https://2001:db8::10]       | "https://2001:db8::10]" is no public URL: expected "https://host[:port]"; an IPv6 address goes into brackets.
            https://[::1]x              | "https://[::1]x" is no public URL: expected "https://host[:port]"; an IPv6 address goes into brackets.
            https://2001:db8::10        | "https://2001:db8::10" is no public URL: expected "https://host[:port]"; an IPv6 address goes into brackets.
            https://harbor:0            | "https://harbor:0" has no valid port: expected a number from 1 to 65535 after the colon.
            https://harbor:             | "https://harbor:" has no valid port: expected a number from 1 to 65535 after the colon.
            https://                    | A host must not be empty; give a DNS name or an IP address.
            https:///                   | A host must not be empty; give a DNS name or an IP address.
            https://my_harbor           | "my_harbor" is no host name: it has an underscore, which DNS host names do not allow.
            https://[harbor]            | "[harbor]" is no IPv6 address; write it as in "2001:db8::10", without a port.
            """)
    void publicUrlIsRefused(String text, String message) {
        assertThatThrownBy(() -> PublicUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aStorageUrlIsKeptAsItIs() {
        StorageUrl url = new StorageUrl("https://keystone.example.com:5000/v3");
        assertThat(url).hasToString("https://keystone.example.com:5000/v3");
        assertThat(url.host()).isEqualTo(new Host("keystone.example.com"));
        assertThat(url.https()).isTrue();
        assertThat(new StorageUrl("http://[2001:db8::10]:9000").https()).isFalse();
        assertThat(new StorageUrl("http://[2001:db8:0::10]:9000").host()).isEqualTo(new Host("2001:db8::10"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                     | The address of an object store must not be empty.
            minio:9000             | "minio:9000" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            s3://minio             | "s3://minio" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://mi nio          | "http://mi nio" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://my_minio        | "http://my_minio" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://u:p@minio       | "http://***@minio" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://u:p/x@minio     | "http://***@minio" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://minio?x=y       | "http://minio?x=y" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://minio#x         | "http://minio#x" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://minio:0         | Port 0 is out of range; use 1 to 65535.
            http://minio:70000     | Port 70000 is out of range; use 1 to 65535.
            http://minio:999999999999 | "http://minio:999999999999" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            http://10.0.0.300      | "http://10.0.0.300" is no address of an object store; give "http://host[:port]" or "https://host[:port]".
            """)
    void storageUrlIsRefused(String text, String message) {
        assertThatThrownBy(() -> new StorageUrl(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aStorageUrlOfTwoLinesIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> new StorageUrl("http://u:secret@minio\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The address of an object store \"http://***@minio\\u000a\" has a control character or a"
                        + " line break; give one line of text.");
    }

    @Test
    void aServiceUrlIsKeptAndTakenApart() {
        ServiceUrl url = new ServiceUrl("http://jaeger.example.com:14268/api/traces");
        assertThat(url).hasToString("http://jaeger.example.com:14268/api/traces");
        assertThat(url.scheme()).isEqualTo("http");
        assertThat(url.host()).isEqualTo(new Host("jaeger.example.com"));
        assertThat(url.rest()).isEqualTo("jaeger.example.com:14268/api/traces");
        assertThat(new ServiceUrl("https://[2001:db8:0::10]:1").host()).isEqualTo(new Host("2001:db8::10"));
        assertThat(new ServiceUrl("https://proxy").scheme()).isEqualTo("https");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                     | The address of a service must not be empty.
            proxy:3128             | "proxy:3128" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            socks5://proxy         | "socks5://proxy" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            HTTP://proxy           | "HTTP://proxy" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            http://u:p@proxy       | "http://***@proxy" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            http://proxy?x         | "http://proxy?x" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            http://proxy:70000     | Port 70000 is out of range; use 1 to 65535.
            http://10.0.0.01       | "10.0.0.01" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.
            """)
    void serviceUrlIsRefused(String text, String message) {
        assertThatThrownBy(() -> new ServiceUrl(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
