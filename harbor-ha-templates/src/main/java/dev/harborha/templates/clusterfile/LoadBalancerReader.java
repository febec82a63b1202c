package dev.harborha.templates.clusterfile;

import dev.harborha.model.Affinity;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsProfile;
import java.util.Optional;

/** Reads one load balancer. */
final class LoadBalancerReader {

    private static final String SAMPLE_ADDRESS = "192.0.2.1";

    private LoadBalancerReader() {}

    static Optional<LoadBalancer> read(Fields fields, String defaultName) {
        String name = fields.parsed(
                "name",
                text -> LoadBalancer.of(text, balancer -> balancer.nginx(SAMPLE_ADDRESS))
                        .name());
        if (name != null) {
            fields.rename("cluster.loadBalancers[" + name + "]");
        }
        Optional<TlsCertificate> certificate = fields.map("certificate")
                .flatMap(below -> CertificateReader.read(below, "the load balancer's machine"));
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
}
