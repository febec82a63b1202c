package dev.harborha.templates.clusterfile;

import dev.harborha.model.DbKind;
import dev.harborha.model.EvictionPolicy;
import dev.harborha.model.HostPort;
import dev.harborha.model.Pooler;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.RedisPersistence;
import dev.harborha.model.RedisTls;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.SslMode;
import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the database and the Redis of all nodes. */
final class BackendReader {

    private static final Secret SAMPLE_SECRET = Secret.of("sample");
    private static final HostPort SAMPLE_PLACE = HostPort.parse("redis.example.com", SharedRedis.DEFAULT_SENTINEL_PORT);

    /** The most that a pool may open: what is idle is tried against it where the file gives a number that is refused. */
    private static final int MOST_CONNECTIONS = 10_000;

    private BackendReader() {}

    static Optional<SharedDb> database(Fields fields, DbKind kindOfRelease) {
        Part<SharedDb.Builder, SharedDb> part = new Part<SharedDb.Builder, SharedDb>(
                        fields.require("address", "password"),
                        description -> SharedDb.of(kindOfRelease, description),
                        db -> db.address("db.example.com").password(SAMPLE_SECRET))
                .word("kind", DbKind.class, SharedDb.Builder::kind)
                .text("address", SharedDb.Builder::address)
                .text("username", SharedDb.Builder::username)
                .secret("password", SharedDb.Builder::password)
                .text("name", SharedDb.Builder::name)
                .word("sslMode", SslMode.class, SharedDb.Builder::sslMode)
                .certificates("ca", SharedDb.Builder::ca);
        Integer most = fields.integer("maxOpenConns");
        boolean taken = part.takes("maxOpenConns", most, SharedDb.Builder::maxOpenConns);
        int usual = fields.has("maxOpenConns") ? MOST_CONNECTIONS : SharedDb.Pool.DEFAULT.maxOpenConns();
        int limit = most != null && taken ? most : usual;
        return part.integer("maxIdleConns", (db, idle) -> db.maxOpenConns(limit).maxIdleConns(idle))
                .duration("connMaxLifetime", SharedDb.Builder::connMaxLifetime)
                .duration("connMaxIdleTime", SharedDb.Builder::connMaxIdleTime)
                .integer("maxConnections", SharedDb.Builder::maxConnections)
                .duration("idleInTransactionTimeout", SharedDb.Builder::idleInTransactionTimeout)
                .text("serverVersion", SharedDb.Builder::serverVersion)
                .word("pooler", Pooler.class, SharedDb.Builder::pooler)
                .flag("clientCertificates", SharedDb.Builder::clientCertificates)
                .make();
    }

    static Optional<SharedRedis> redis(Fields fields) {
        fields.oneOf("address", "sentinel");
        if (fields.has("username")) {
            fields.require("password");
        }
        Optional<RedisEndpoint.Sentinel> sentinel = fields.map("sentinel").flatMap(BackendReader::sentinel);
        Optional<RedisTls> tls = fields.mapOrDefaults("tls").flatMap(BackendReader::tls);
        return new Part<SharedRedis.Builder, SharedRedis>(
                        fields,
                        SharedRedis::of,
                        redis -> redis.address("redis.example.com").password(SAMPLE_SECRET))
                .text("address", SharedRedis.Builder::address)
                .with(
                        "sentinel",
                        sentinel.orElse(null),
                        (redis, found) -> redis.sentinel(
                                found.masterSet(),
                                found.sentinels().stream()
                                        .map(HostPort::toString)
                                        .toArray(String[]::new)))
                .text("username", SharedRedis.Builder::username)
                .secret("password", SharedRedis.Builder::password)
                .flag("registryAsDefaultUser", SharedRedis.Builder::registryAsDefaultUser)
                .with("tls", tls.orElse(null), SharedRedis.Builder::tls)
                .integer("sessionDatabase", SharedRedis.Builder::sessionDatabase)
                .integer("registryDatabase", SharedRedis.Builder::registryDatabase)
                .integer("jobserviceDatabase", SharedRedis.Builder::jobserviceDatabase)
                .integer("trivyDatabase", SharedRedis.Builder::trivyDatabase)
                .integer("harborDatabase", SharedRedis.Builder::harborDatabase)
                .integer("cacheLayerDatabase", SharedRedis.Builder::cacheLayerDatabase)
                .duration("idleTimeout", SharedRedis.Builder::idleTimeout)
                .integer("poolSize", SharedRedis.Builder::poolSize)
                .text("serverVersion", SharedRedis.Builder::serverVersion)
                .flag("clusterMode", SharedRedis.Builder::clusterMode)
                .word("evictionPolicy", EvictionPolicy.class, SharedRedis.Builder::evictionPolicy)
                .word("persistence", RedisPersistence.class, SharedRedis.Builder::persistence)
                .make();
    }

    private static Optional<RedisEndpoint.Sentinel> sentinel(Fields fields) {
        fields.require("masterSet", "addresses");
        RedisEndpoint.Sentinel named =
                fields.parsed("masterSet", text -> new RedisEndpoint.Sentinel(text, List.of(SAMPLE_PLACE)));
        List<HostPort> places = new ArrayList<>();
        fields.filledTexts(
                "addresses", "address", text -> places.add(HostPort.parse(text, SharedRedis.DEFAULT_SENTINEL_PORT)));
        fields.end();
        return named == null || places.isEmpty()
                ? Optional.empty()
                : Optional.of(new RedisEndpoint.Sentinel(named.masterSet(), places));
    }

    private static Optional<RedisTls> tls(Fields fields) {
        RedisTls tls = new RedisTls(Optional.ofNullable(fields.certificates("ca")));
        fields.end();
        return Optional.of(tls);
    }
}
