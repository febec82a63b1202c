package dev.harborha.audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database of Redis, as a component is told it.
 *
 * @param addresses host and port of the server, or of all sentinels
 * @param masterSet the name that sentinels know; an empty text without sentinels
 * @param database the number of the database
 * @param passwords what the password may be: as it is spelled, and without percent code
 * @param tls whether TLS is spoken
 */
record RedisPlace(List<String> addresses, String masterSet, String database, Set<String> passwords, boolean tls) {

    private static final Pattern URL =
            Pattern.compile("(redis|rediss)(\\+sentinel)?://(?:(.*)@)?([^/?@]*)((?:/[^?@]*)?)(?:\\?[^@]*)?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{0,4}");

    /** Reads {@code redis://user:password@host:port/1}, with sentinels {@code redis+sentinel://…/master/1}. */
    static Optional<RedisPlace> ofUrl(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean sentinel = parts.group(2) != null;
        String[] path = parts.group(5).replaceFirst("^/", "").split("/", -1);
        String database = sentinel ? (path.length > 1 ? path[1] : "") : path[0];
        if (!NUMBER.matcher(database).matches()) {
            return Optional.empty();
        }
        String user = parts.group(3) == null ? "" : parts.group(3);
        String password = user.substring(user.indexOf(':') + 1);
        return Optional.of(new RedisPlace(
                addresses(parts.group(4)),
                sentinel ? path[0] : "",
                database.isEmpty() ? "0" : database,
                new TreeSet<>(List.of(password, decoded(password))),
                parts.group(1).equals("rediss")));
    }

    /** Reads the section {@code redis} of the registry's configuration. */
    static Optional<RedisPlace> ofRegistry(YamlOutline config) {
        return config.value("redis.addr")
                .map(address -> new RedisPlace(
                        addresses(address),
                        config.value("redis.sentinelMasterSet").orElse(""),
                        config.value("redis.db")
                                .filter(number -> !number.isEmpty())
                                .orElse("0"),
                        Set.of(config.value("redis.password").orElse("")),
                        isTrue(config, "redis.enableTLS") || isTrue(config, "redis.enabletls")));
    }

    private static boolean isTrue(YamlOutline config, String path) {
        return config.value(path).filter(flag -> flag.equalsIgnoreCase("true")).isPresent();
    }

    private static List<String> addresses(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).sorted().toList();
    }

    /** Before 2.7.4 a password stands in a URL as it is, and may be no code at all. */
    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return password;
        }
    }

    boolean samePassword(RedisPlace other) {
        return passwords.stream().anyMatch(other.passwords::contains);
    }

    /** Tells whether two places are on the same server, or are known to the same sentinels. */
    boolean sameServer(RedisPlace other) {
        return addresses.equals(other.addresses) && masterSet.equals(other.masterSet);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "database " + SafeText.of(database, "?") + " of " + SafeText.of(addresses, ",");
    }
}
