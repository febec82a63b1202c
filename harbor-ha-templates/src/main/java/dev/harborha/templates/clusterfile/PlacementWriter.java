package dev.harborha.templates.clusterfile;

import dev.harborha.model.Deployment;
import dev.harborha.model.NodeTls;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.TlsCertificate;
import java.util.Optional;

/** From TLS at the nodes, and from how Harbor 2.x lies on them, to their trees. */
final class PlacementWriter {

    /** TLS at the nodes of which nothing is said. */
    private static final NodeTls NODE_TLS = NodeTls.of(tls -> {});

    private PlacementWriter() {}

    static Tree nodeTls(NodeTls tls) {
        return new Tree()
                .maybeTree("certificate", certificate(tls.certificate(), NodeTls.DEFAULT_PATHS))
                .unless(NODE_TLS.httpPort(), "httpPort", tls.httpPort())
                .maybe("ca", tls.ca().map(PemCertificates::text))
                .unless(false, "strongSslCiphers", tls.strongSslCiphers());
    }

    /** Returns the tree of a certificate; nothing if it lies where it lies by default. */
    static Optional<Tree> certificate(TlsCertificate certificate, TlsCertificate usual) {
        if (certificate.equals(usual)) {
            return Optional.empty();
        }
        if (certificate instanceof TlsCertificate.OnMachine paths) {
            return Optional.of(new Tree()
                    .put("path", paths.certificate().text())
                    .put("keyPath", paths.key().text()));
        }
        if (certificate instanceof TlsCertificate.Pem pem) {
            return Optional.of(new Tree().put("pem", pem.chain()).put("keyPem", pem.key()));
        }
        throw new IllegalStateException("A certificate of an unknown kind: " + certificate.getClass());
    }

    static Tree deployment(Deployment deployment) {
        Deployment usual = Deployment.DEFAULT;
        return new Tree()
                .unless(Words.of(usual.delivery()), "delivery", Words.of(deployment.delivery()))
                .unless(
                        usual.installDir().text(),
                        "installDir",
                        deployment.installDir().text())
                .unless(
                        usual.dataVolume().text(),
                        "dataVolume",
                        deployment.dataVolume().text())
                .unless(usual.imageRepository(), "imageRepository", deployment.imageRepository())
                .pairs("images", deployment.images())
                .maybe("subnet", deployment.subnet());
    }
}
