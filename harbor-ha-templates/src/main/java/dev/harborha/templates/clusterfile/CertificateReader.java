package dev.harborha.templates.clusterfile;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.TlsCertificate;
import dev.harborha.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a certificate with its key: two paths on the machine that shows it, or two texts in PEM. */
final class CertificateReader {

    private static final Secret NO_KEY = Secret.fromEnv("NONE", Map.of());

    private CertificateReader() {}

    /**
     * Reads the certificate.
     *
     * @param machine where the paths lead, as in "the load balancer's machine"
     */
    static Optional<TlsCertificate> read(Fields fields, String machine) {
        AbsolutePath path = fields.parsed("path", AbsolutePath::new);
        AbsolutePath keyPath = fields.parsed("keyPath", AbsolutePath::new);
        TlsCertificate.Pem chain =
                fields.parsed("pem", text -> new TlsCertificate.Pem(PemText.pem(text, fields.reading()), NO_KEY));
        Secret key = fields.secret("keyPem");
        boolean inPem = fields.has("pem") || fields.has("keyPem");
        boolean onMachine = fields.has("path") || fields.has("keyPath");
        if (inPem != onMachine) {
            fields.require(inPem ? List.of("pem", "keyPem") : List.of("path", "keyPath"));
        }
        boolean complete = fields.end();
        if (inPem == onMachine && (inPem || complete)) {
            fields.refuse("Expected path and keyPath, where the certificate lies on " + machine
                    + ", or pem and keyPem, which are written there; found " + (inPem ? "both" : "neither") + ".");
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
