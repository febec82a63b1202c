package dev.harborha.templates.harbor2;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Cluster;
import dev.harborha.model.NodeTls;
import dev.harborha.model.RedisTls;
import dev.harborha.model.TlsCertificate;

/** Where the files lie that {@code harbor.yml} and {@code docker-compose.override.yml} name, on every node. */
record InstallerFiles(Cluster cluster) {

    /** The folder beside Harbor's installer that prepare leaves alone. */
    static final String FOLDER = "harbor-ha";

    private String path(String name) {
        return cluster.deployment().installDir() + "/" + FOLDER + "/" + name;
    }

    String caBundle() {
        return path("storage_ca_bundle.crt");
    }

    /** Returns where the authority of Redis's certificate lies; an empty text where the containers trust it anyway. */
    String redisCa() {
        return cluster.redis()
                        .flatMap(redis -> redis.tls())
                        .flatMap(RedisTls::ca)
                        .isPresent()
                ? path("redis_tls_ca.crt")
                : "";
    }

    String uaaCa() {
        return path("uaa_ca.pem");
    }

    String internalTls() {
        return path("internal_tls");
    }

    TlsCertificate.OnMachine nodeCertificate(NodeTls tls) {
        return tls.certificate() instanceof TlsCertificate.OnMachine there
                ? there
                : new TlsCertificate.OnMachine(
                        new AbsolutePath(path("tls/server.crt")), new AbsolutePath(path("tls/server.key")));
    }
}
