package dev.harborha.templates.harbor2;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.SharedRedis;
import dev.harborha.render.RenderContext;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the files of all nodes are written from, and what follows from it for more than one of them. */
final class Site {

    private final Cluster cluster;
    private final ClusterKeys keys;
    private final SharedRedis redis;

    Site(RenderContext context) {
        this.cluster = context.cluster();
        this.keys = context.keys();
        this.redis = cluster.redis()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Harbor " + cluster.harbor() + " needs a Redis that all nodes share."));
    }

    Cluster cluster() {
        return cluster;
    }

    ClusterKeys keys() {
        return keys;
    }

    HarborVersion release() {
        return cluster.harbor();
    }

    HarborYml yml() {
        return cluster.harborYml();
    }

    SharedRedis redis() {
        return redis;
    }

    RedisUrl redisUrl() {
        return new RedisUrl(redis);
    }

    /** Returns the address of a service of the compose file, by TLS or plain. */
    String url(String service, int plainPort, int tlsPort) {
        return cluster.internalTls() ? "https://" + service + ":" + tlsPort : "http://" + service + ":" + plainPort;
    }

    /** Returns the address of a service that listens on 8080, and on 8443 with TLS. */
    String url(String service) {
        return url(service, 8080, 8443);
    }

    /** Returns the port that Harbor's services listen on in their containers. */
    int servicePort() {
        return cluster.internalTls() ? 8443 : 8080;
    }

    /**
     * Returns the authorities that every container is to trust, as one text in PEM: those of the blob store and of the database.
     * Harbor has one setting for such, {@code storage_service.ca_bundle}. What it names lies in the folder that core, the job
     * service, the exporter and all others add to the authorities of their system when they start.
     */
    Optional<String> caBundle() {
        String bundle = Stream.concat(cluster.storageCa().stream(), cluster.database().ca().stream())
                .map(Site::lines)
                .distinct()
                .collect(Collectors.joining());
        return bundle.isEmpty() ? Optional.empty() : Optional.of(bundle);
    }

    /** Returns certificates as the text of a file, which another one may follow. */
    static String lines(PemCertificates certificates) {
        return certificates.text().strip() + "\n";
    }

    boolean hasTrivy() {
        return yml().trivy().isPresent();
    }
}
