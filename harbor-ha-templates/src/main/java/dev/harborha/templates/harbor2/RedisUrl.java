package dev.harborha.templates.harbor2;

import dev.harborha.model.HostPort;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.SharedRedis;
import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The addresses of Redis in the words of Harbor's components: {@code redis://}, {@code redis+sentinel://}, {@code rediss://},
 * {@code rediss+sentinel://}. User and password are percent-encoded, which every component decodes; Harbor's {@code prepare}
 * encodes the password since 2.7.2 and 2.8.1, and the user never.
 */
final class RedisUrl {

    private final SharedRedis redis;

    RedisUrl(SharedRedis redis) {
        this.redis = redis;
    }

    /** Returns the URL of database 0, which is not named. */
    String core() {
        return url(OptionalInt.empty());
    }

    /** Returns the URL of a database. */
    String of(int database) {
        return url(OptionalInt.of(database));
    }

    private String url(OptionalInt database) {
        String scheme = redis.tls().isPresent() ? "rediss" : "redis";
        String set = "";
        if (redis.endpoint() instanceof RedisEndpoint.Sentinel sentinel) {
            scheme += "+sentinel";
            set = "/" + sentinel.masterSet();
        }
        return scheme + "://" + user() + hosts() + set
                + (database.isPresent() ? "/" + database.getAsInt() : "")
                + "?idle_timeout_seconds=" + redis.idleTimeout().toSeconds();
    }

    private String user() {
        Optional<String> password = redis.password().map(Secret::reveal).map(PercentCode::encode);
        return password.map(text -> redis.username().map(PercentCode::encode).orElse("") + ":" + text + "@")
                .orElse("");
    }

    /** Returns where Redis, or each sentinel, listens, with commas between them. */
    String hosts() {
        return redis.endpoint().addresses().stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    /** Returns what core of Harbor 2.0 splits at commas: address, pool size, password, database and idle timeout. */
    String commaForm() {
        return String.join(
                ",",
                hosts(),
                Integer.toString(redis.poolSize()),
                redis.password().map(Secret::reveal).orElse(""),
                "0",
                Long.toString(redis.idleTimeout().toSeconds()));
    }

    /** Returns the URL that Harbor 2.0 takes: a made-up user stands before the password. */
    String withMadeUpUser(int database) {
        return "redis://"
                + redis.password()
                        .map(Secret::reveal)
                        .map(text -> "anonymous:" + PercentCode.encode(text) + "@")
                        .orElse("")
                + hosts() + "/" + database;
    }
}
