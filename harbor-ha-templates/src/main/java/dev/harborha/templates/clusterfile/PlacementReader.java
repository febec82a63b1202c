package dev.harborha.templates.clusterfile;

import dev.harborha.model.Delivery;
import dev.harborha.model.Deployment;
import dev.harborha.model.NodeTls;
import dev.harborha.model.TlsCertificate;
import java.util.Optional;

/** Reads how Harbor 2.x lies on every node, and what its own proxy shows. */
final class PlacementReader {

    private PlacementReader() {}

    static Optional<NodeTls> nodeTls(Fields fields) {
        Optional<TlsCertificate> certificate =
                fields.map("certificate").flatMap(below -> CertificateReader.read(below, "each node"));
        return new Part<NodeTls.Builder, NodeTls>(fields, NodeTls::of, tls -> {})
                .with("certificate", certificate.orElse(null), PlacementReader::setCertificate)
                .integer("httpPort", NodeTls.Builder::httpPort)
                .certificates("ca", NodeTls.Builder::ca)
                .flag("strongSslCiphers", NodeTls.Builder::strongSslCiphers)
                .make();
    }

    private static void setCertificate(NodeTls.Builder tls, TlsCertificate certificate) {
        if (certificate instanceof TlsCertificate.Pem pem) {
            tls.certificatePem(pem.chain(), pem.key());
        } else if (certificate instanceof TlsCertificate.OnMachine paths) {
            tls.certificate(paths.certificate().text(), paths.key().text());
        }
    }

    static Optional<Deployment> deployment(Fields fields) {
        return new Part<Deployment.Builder, Deployment>(fields, Deployment::of, deployment -> {})
                .word("delivery", Delivery.class, Deployment.Builder::delivery)
                .text("installDir", Deployment.Builder::installDir)
                .text("dataVolume", Deployment.Builder::dataVolume)
                .text("imageRepository", Deployment.Builder::imageRepository)
                .pairs("images", Deployment.Builder::image)
                .text("subnet", Deployment.Builder::subnet)
                .make();
    }
}
