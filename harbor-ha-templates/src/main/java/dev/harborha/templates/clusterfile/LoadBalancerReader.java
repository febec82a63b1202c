package dev.harborha.templates.clusterfile;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Affinity;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsProfile;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one load balancer. */
final class LoadBalancerReader {

    private static final String SAMPLE_ADDRESS = "192.0.2.1";
    private static final Secret NO_KEY = Secret.fromEnv("NONE", Map.of());

    private LoadBalancerReader() {}

    static Optional<LoadBalancer> read(Fields fields, String defaultName) {
        String name = fields.parsed(
                "name",
                text -> LoadBalancer.of(text, balancer -> balancer.nginx(SAMPLE_ADDRESS))
                        .name());
        if (name != null) {
            fields.rename("cluster.loadBalancers[" + name + "]");
        }
        Optional<TlsCertificate> certificate = fields.map("certificate").flatMap(LoadBalancerReader::certificate);
        return new Part<LoadBalancer.Builder, LoadBalancer>(
                        fields.require("nginx"),
                        description -> LoadBalancer.of(name == null ? defaultName : name, description),
                        balancer -> balancer.nginx(SAMPLE_ADDRESS))
                .text("nginx", LoadBalancer.Builder::nginx)
                .integer("port", LoadBalancer.Builder::port)
                .integer("redirectPort", LoadBalancer.Builder::redirectPort)
                .flag("plainHttp", (balancer, plain) -> {
                    if (plain) {
                        balancer.plainHttp();
                    }
                })
                .with("certificate", certificate.orElse(null), LoadBalancerReader::setCertificate)
                .word("tlsProfile", TlsProfile.class, LoadBalancer.Builder::tlsProfile)
                .word("affinity", Affinity.class, LoadBalancer.Builder::affinity)
                .flag("behindProxy", (balancer, behind) -> {
                    if (behind) {
                        balancer.behindProxy();
                    }
                })
                .make();
    }

    private static void setCertificate(LoadBalancer.Builder balancer, TlsCertificate certificate) {
        if (certificate instanceof TlsCertificate.Pem pem) {
            balancer.certificatePem(pem.chain(), pem.key());
        } else if (certificate instanceof TlsCertificate.OnMachine paths) {
            balancer.certificate(paths.certificate().text(), paths.key().text());
        }
    }

    /** Reads a certificate: the two paths on the balancer's machine, or the two texts in PEM. */
    private static Optional<TlsCertificate> certificate(Fields fields) {
        AbsolutePath path = fields.parsed("path", AbsolutePath::new);
        AbsolutePath keyPath = fields.parsed("keyPath", AbsolutePath::new);
        TlsCertificate.Pem chain = fields.parsed("pem", text -> new TlsCertificate.Pem(text, NO_KEY));
        Secret key = fields.secret("keyPem");
        boolean inPem = fields.has("pem") || fields.has("keyPem");
        boolean onMachine = fields.has("path") || fields.has("keyPath");
        if (inPem != onMachine) {
            fields.require(inPem ? List.of("pem", "keyPem") : List.of("path", "keyPath"));
        }
        boolean complete = fields.end();
        if (inPem == onMachine && (inPem || complete)) {
            fields.refuse(
                    "Expected path and keyPath, where the certificate lies on the load balancer's machine, or pem and"
                            + " keyPem, which are written there; found " + (inPem ? "both" : "neither") + ".");
            return Optional.empty();
        }
        if (chain != null && key != null) {
            return Optional.ofNullable(fields.parsed("keyPem", text -> new TlsCertificate.Pem(chain.chain(), key)));
        }
        return path == null || keyPath == null
                ? Optional.empty()
                : Optional.of(new TlsCertificate.OnMachine(path, keyPath));
    }
}
