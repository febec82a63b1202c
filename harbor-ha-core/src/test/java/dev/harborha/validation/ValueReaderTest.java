package dev.harborha.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # reader       | value     | what is lost
            HARBOR_CFG     | ~a ;b~    | a ";" that begins it or follows a blank
            HARBOR_CFG     | ~;b~      | a ";" that begins it or follows a blank
            HARBOR_CFG     | ~a;b~     |
            HARBOR_CFG     | ~""~      | nothing but two quotes
            HARBOR_CFG     | ~"a"~     |
            HARBOR_CFG     | ~ a~      | blanks at its ends
            HARBOR_CFG     | ~a ~      | blanks at its ends
            HARBOR_CFG     | ~a b~     |
            HARBOR_CFG     | ~a$b #c~  |
            HARBOR_CFG     | ~é~       | characters outside printable ASCII
            COMPOSE_ENV    | ~a$b~     | a "$"
            COMPOSE_ENV    | ~a #b~    | a "#" that begins it or follows a blank
            COMPOSE_ENV    | ~#b~      | a "#" that begins it or follows a blank
            COMPOSE_ENV    | ~a#b~     |
            COMPOSE_ENV    | ~"a~      | a quote at its beginning
            COMPOSE_ENV    | ~'a~      | a quote at its beginning
            COMPOSE_ENV    | ~`a~      | a quote at its beginning
            COMPOSE_ENV    | ~a"'`b~   |
            COMPOSE_ENV    | ~a ;b~    |
            COMPOSE_ENV    | ~ a~      | blanks at its ends
            COMPOSE_ENV    | ~中~      | characters outside printable ASCII
            APP_CONF       | ~"a"~     | a quote at its beginning
            APP_CONF       | ~a"b~     |
            MYSQL_USER     | ~a:b~     | a colon
            MYSQL_USER     | ~a@b/c~   |
            REDIS_SESSION  | ~a,b~     | a comma
            REDIS_SESSION  | ~a:b@c~   |
            COMPOSE_QUOTED_ENV | ~a${b}~   | a "${…}"
            COMPOSE_QUOTED_ENV | ~${~      |
            COMPOSE_QUOTED_ENV | ~$'~      | a "$" together with a single quote, a line break, two backslashes in a row or one at its end
            COMPOSE_QUOTED_ENV | ~'$~      | a "$" together with a single quote, a line break, two backslashes in a row or one at its end
            COMPOSE_QUOTED_ENV | ~$\\\\a~  | a "$" together with a single quote, a line break, two backslashes in a row or one at its end
            COMPOSE_QUOTED_ENV | ~\\\\a$~  | a "$" together with a single quote, a line break, two backslashes in a row or one at its end
            COMPOSE_QUOTED_ENV | ~$\\~     | a "$" together with a single quote, a line break, two backslashes in a row or one at its end
            COMPOSE_QUOTED_ENV | ~$\\a~    |
            COMPOSE_QUOTED_ENV | ~\\$~     |
            COMPOSE_QUOTED_ENV | ~$a #b "c" ü `d` {e}~ |
            COMPOSE_QUOTED_ENV | ~'a' "b" \\\\ c ~ |
            COMPOSE_QUOTED_ENV | ~a"b c\\\\~  |
            COMPOSE_QUOTED_ENV | ~"\\~     | a backslash at its end together with a quote or a blank at its beginning, a "#" or a line break
            COMPOSE_QUOTED_ENV | ~ a\\~    | a backslash at its end together with a quote or a blank at its beginning, a "#" or a line break
            COMPOSE_QUOTED_ENV | ~a#\\~    | a backslash at its end together with a quote or a blank at its beginning, a "#" or a line break
            POSTGRESQL_DSN | ~a b~     | a blank or a line break
            POSTGRESQL_DSN | ~a\\b~    | a backslash
            POSTGRESQL_DSN | ~'a~      | a single quote at its beginning
            POSTGRESQL_DSN | ~a'b"=$~  |
            URL_USER       | ~a:b~     | other characters than letters, digits and . _ ~ -
            URL_USER       | ~a-b_c.D9~ |
            """)
    void whatAReaderLosesIsNamed(ValueReader reader, String value, String loss) {
        assertThat(reader.losesIn(value)).isEqualTo(Optional.ofNullable(loss));
    }

    @Test
    void controlCharactersAreLostByEveryFile() {
        for (String value : new String[] {"a\nb", "\n", "a\r", "a\tb", "\0", "a\u007f"}) {
            assertThat(ValueReader.HARBOR_CFG.losesIn(value)).contains("characters outside printable ASCII");
            assertThat(ValueReader.COMPOSE_ENV.losesIn(value)).contains("characters outside printable ASCII");
        }
    }

    @Test
    void everyReaderHasAName() {
        Map<ValueReader, String> programs = new TreeMap<>();
        for (ValueReader reader : ValueReader.values()) {
            programs.put(reader, reader.program());
        }
        assertThat(programs)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ValueReader.HARBOR_CFG, "Harbor 0.5's prepare",
                        ValueReader.COMPOSE_ENV, "docker-compose",
                        ValueReader.APP_CONF, "beego, which reads Harbor's mail settings,",
                        ValueReader.MYSQL_USER, "the MySQL driver",
                        ValueReader.REDIS_SESSION, "the session store",
                        ValueReader.COMPOSE_QUOTED_ENV, "Docker Compose",
                        ValueReader.POSTGRESQL_DSN, "Harbor, which makes PostgreSQL's connection string,",
                        ValueReader.URL_USER, "Harbor's prepare, which puts it into an address,"));
    }
}
