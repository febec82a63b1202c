package dev.harborha.validation;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The programs that read the values of a rendered file without any quoting, and what each of them cannot carry. The rule
 * {@code value.lost-by-reader} and the writers of those files ask the same constant, so a value that passes the check is
 * written, and a value that would be changed is refused.
 */
public enum ValueReader {

    /**
     * Harbor 0.5's {@code prepare} reading {@code harbor.cfg} with Python 2's {@code RawConfigParser}: blanks around a value
     * are dropped, a blank followed by {@code ;} starts a comment, {@code ""} means nothing. The file is decoded with the
     * machine's locale, so only ASCII is sure to arrive.
     */
    HARBOR_CFG("Harbor 0.5's prepare", Loss.NOT_ASCII, Loss.OUTER_BLANKS, Loss.SEMICOLON_COMMENT, Loss.TWO_QUOTES),

    /**
     * docker-compose reading an env file as Harbor 0.5's templates write it, unquoted. Compose before 1.26 takes the text
     * as it is, 1.26 to 1.29 read it by python-dotenv's rules, version 2 by its own: what all of them carry is carried. The
     * first releases of version 2 cut a value at any {@code #}; later ones, as the others, only at one after a blank.
     */
    COMPOSE_ENV(
            "docker-compose", Loss.NOT_ASCII, Loss.OUTER_BLANKS, Loss.DOLLAR, Loss.LEADING_QUOTE, Loss.HASH_COMMENT),

    /** Harbor 0.5's {@code app.conf}, read by beego: a value that begins with a double quote loses the quotes at both ends. */
    APP_CONF("beego, which reads Harbor's mail settings,", Loss.LEADING_QUOTE),

    /** The user in the MySQL driver's {@code user:password@tcp(host:port)/name}: it ends at the first colon. */
    MYSQL_USER("the MySQL driver", Loss.COLON),

    /** The parts of {@code _REDIS_URL}, which beego's session store splits at commas; Harbor before 2.6 hands it on like that. */
    REDIS_SESSION("the session store", Loss.COMMA),

    /**
     * Docker Compose reading an env file whose values are quoted where that is needed: 1.26 to 1.29 by python-dotenv's rules, 2
     * and later by its own. Both replace {@code ${…}}: the older one whatever the quotes, the newer one but in single quotes;
     * there they differ on backslashes. A backslash before a closing quote is the older one's escape of that quote, however
     * many stand there, so a value that ends with one must do without quotes.
     */
    COMPOSE_QUOTED_ENV("Docker Compose", Loss.NUL, Loss.BRACED_VARIABLE, Loss.DOLLAR_AND_MORE, Loss.BACKSLASH_AND_MORE),

    /**
     * The connection string {@code key=value …} that Harbor's core and exporter make for PostgreSQL without any quoting: it is
     * cut at blanks, and backslashes and a leading quote mean something.
     */
    POSTGRESQL_DSN(
            "Harbor, which makes PostgreSQL's connection string,",
            Loss.NUL,
            Loss.BLANK,
            Loss.BACKSLASH,
            Loss.LEADING_SINGLE_QUOTE),

    /** Harbor's {@code prepare} putting a user or a password into the address of Redis as it is. */
    URL_USER("Harbor's prepare, which puts it into an address,", Loss.NOT_UNRESERVED);

    private enum Loss {
        NOT_ASCII("[^\\x20-\\x7e]", "characters outside printable ASCII"),
        OUTER_BLANKS("^ | $", "blanks at its ends"),
        SEMICOLON_COMMENT("^;| ;", "a \";\" that begins it or follows a blank"),
        HASH_COMMENT("^#| #", "a \"#\" that begins it or follows a blank"),
        TWO_QUOTES("^\"\"$", "nothing but two quotes"),
        LEADING_QUOTE("^[\"'`]", "a quote at its beginning"),
        DOLLAR("\\$", "a \"$\""),
        COLON(":", "a colon"),
        COMMA(",", "a comma"),
        NOT_UNRESERVED("[^A-Za-z0-9._~-]", "other characters than letters, digits and . _ ~ -"),
        NUL("\\x00", "a NUL character"),
        BRACED_VARIABLE("(?s)\\$\\{[^}]*\\}", "a \"${…}\""),
        DOLLAR_AND_MORE(
                "(?s)\\$.*(['\r\n]|\\\\\\\\|\\\\\\z)|(['\r\n]|\\\\\\\\).*\\$",
                "a \"$\" together with a single quote, a line break, two backslashes in a row or one at its end"),
        BACKSLASH_AND_MORE(
                "(?s)\\A(?:[\"'`\\s\\x0b\\x85\\p{Z}]|.*[#\r\n]).*\\\\\\z",
                "a backslash at its end together with a quote or a blank at its beginning, a \"#\" or a line break"),
        BLANK("[\\s\\x0b\\x85\\p{Z}]", "a blank or a line break"),
        BACKSLASH("\\\\", "a backslash"),
        LEADING_SINGLE_QUOTE("^'", "a single quote at its beginning");

        private final Pattern pattern;
        private final String what;

        Loss(String regex, String what) {
            this.pattern = Pattern.compile(regex);
            this.what = what;
        }
    }

    private final String program;
    private final ImmutableList<Loss> losses;

    ValueReader(String program, Loss... losses) {
        this.program = program;
        this.losses = ImmutableList.copyOf(losses);
    }

    /** Returns the name of the program as messages use it. */
    public String program() {
        return program;
    }

    /** Returns what in the value this program would not carry, such as {@code a "$"}; nothing when the value survives. */
    public Optional<String> losesIn(String value) {
        return losses.stream()
                .filter(loss -> loss.pattern.matcher(value).find())
                .map(loss -> loss.what)
                .findFirst();
    }
}
