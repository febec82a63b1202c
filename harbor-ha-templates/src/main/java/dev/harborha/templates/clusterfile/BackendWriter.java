package dev.harborha.templates.clusterfile;

import dev.harborha.model.DbKind;
import dev.harborha.model.HostPort;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.Pooler;
import dev.harborha.model.RedisDatabases;
import dev.harborha.model.RedisEndpoint;
import dev.harborha.model.RedisTls;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.SslMode;
import java.util.List;

/** From the database and the Redis of all nodes to their trees. */
final class BackendWriter {

    private BackendWriter() {}

    static Tree database(SharedDb database, DbKind kindOfRelease) {
        SharedDb.Pool pool = database.pool();
        SharedDb.Pool usual = SharedDb.Pool.DEFAULT;
        return new Tree()
                .unless(Words.of(kindOfRelease), "kind", Words.of(database.kind()))
                .put("address", address(database.address(), database.kind().defaultPort()))
                .unless(database.kind().defaultUsername(), "username", database.username())
                .put("password", database.password())
                .unless(SharedDb.DEFAULT_NAME, "name", database.name())
                .unless(SslMode.DISABLE.toString(), "sslMode", Words.of(database.sslMode()))
                .maybe("ca", database.ca().map(PemCertificates::text))
                .unless(usual.maxOpenConns(), "maxOpenConns", pool.maxOpenConns())
                .unless(SharedDb.Pool.defaultMaxIdleConns(pool.maxOpenConns()), "maxIdleConns", pool.maxIdleConns())
                .unless(Durations.of(usual.connMaxLifetime()), "connMaxLifetime", Durations.of(pool.connMaxLifetime()))
                .unless(Durations.of(usual.connMaxIdleTime()), "connMaxIdleTime", Durations.of(pool.connMaxIdleTime()))
                .maybe("maxConnections", database.maxConnections())
                .maybe(
                        "idleInTransactionTimeout",
                        database.idleInTransactionTimeout().map(Durations::of))
                .maybe("serverVersion", database.serverVersion())
                .unless(Pooler.NONE.toString(), "pooler", Words.of(database.pooler()))
                .unless(false, "clientCertificates", database.clientCertificates());
    }

    static Tree redis(SharedRedis redis) {
        RedisDatabases databases = redis.databases();
        RedisDatabases usual = RedisDatabases.DEFAULT;
        return endpoint(redis.endpoint())
                .maybe("username", redis.username())
                .maybeSecret("password", redis.password())
                .unless(false, "registryAsDefaultUser", redis.registryAsDefaultUser())
                .maybeTree("tls", redis.tls().map(BackendWriter::tls))
                .unless(usual.session(), "sessionDatabase", databases.session())
                .unless(usual.registry(), "registryDatabase", databases.registry())
                .unless(usual.jobservice(), "jobserviceDatabase", databases.jobservice())
                .unless(usual.trivy(), "trivyDatabase", databases.trivy())
                .maybe("harborDatabase", databases.harbor())
                .maybe("cacheLayerDatabase", databases.cacheLayer())
                .unless(
                        Durations.of(SharedRedis.DEFAULT_IDLE_TIMEOUT),
                        "idleTimeout",
                        Durations.of(redis.idleTimeout()))
                .unless(SharedRedis.DEFAULT_POOL_SIZE, "poolSize", redis.poolSize())
                .maybe("serverVersion", redis.serverVersion())
                .unless(false, "clusterMode", redis.clusterMode())
                .maybe("evictionPolicy", redis.evictionPolicy().map(Words::of))
                .maybe("persistence", redis.persistence().map(Words::of));
    }

    private static Tree endpoint(RedisEndpoint endpoint) {
        if (endpoint instanceof RedisEndpoint.Single single) {
            return new Tree().put("address", address(single.address(), SharedRedis.DEFAULT_PORT));
        }
        if (endpoint instanceof RedisEndpoint.Sentinel sentinel) {
            List<String> places = sentinel.sentinels().stream()
                    .map(place -> address(place, SharedRedis.DEFAULT_SENTINEL_PORT))
                    .toList();
            return new Tree()
                    .put(
                            "sentinel",
                            new Tree().put("masterSet", sentinel.masterSet()).list("addresses", places));
        }
        throw new IllegalStateException("A Redis endpoint of an unknown kind: " + endpoint.getClass());
    }

    private static Tree tls(RedisTls tls) {
        return new Tree().maybe("ca", tls.ca().map(PemCertificates::text));
    }

    /** Returns the text of a place, with its port where that is not the default. */
    static String address(HostPort place, int defaultPort) {
        return place.port() == defaultPort ? place.host().toString() : place.toString();
    }
}
