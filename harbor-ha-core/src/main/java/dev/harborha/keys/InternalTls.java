package dev.harborha.keys;

import dev.harborha.secret.Secret;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of a node speak TLS with among themselves: the certificate of a CA, and a certificate and key of
 * each component, signed by it. Harbor 2 reads them from the folder that its {@code internal_tls.dir} names.
 *
 * <p>The certificates name the services of Harbor's compose file, which are the same on all nodes, so one set serves all.
 * What is drawn here is ECDSA on P-256: the CA is valid for 3650 days, the certificates of components for 730 days, but
 * not for longer than their CA, and all from a day before they are drawn.
 *
 * <p>Comes from {@link ClusterKeys#internalTls()}. Immutable, and safe for use by many threads.
 */
public final class InternalTls {

    /** The components of Harbor that have a certificate of their own. */
    public enum Component {
        /** The nginx in front of the others; it shows its certificate to them as a client, too. */
        PROXY("proxy", "proxy"),
        /** The API and the token service. */
        CORE("core", "core"),
        /** The runner of jobs, whose files have an underscore that its service has not. */
        JOB_SERVICE("job_service", "jobservice"),
        /** The registry. */
        REGISTRY("registry", "registry"),
        /** The registry's controller. */
        REGISTRYCTL("registryctl", "registryctl"),
        /** The web pages, since Harbor 2.1. */
        PORTAL("portal", "portal"),
        /** The scanner, where Trivy is installed. */
        TRIVY_ADAPTER("trivy_adapter", "trivy-adapter");

        private final String fileName;
        private final String serviceName;

        Component(String fileName, String serviceName) {
            this.fileName = fileName;
            this.serviceName = serviceName;
        }

        /** Returns the name of its two files without their ending, as in {@code job_service} for {@code job_service.crt}. */
        public String fileName() {
            return fileName;
        }

        /**
         * Returns the name of its service in Harbor's compose file, as in {@code trivy-adapter}: the name by which the
         * others call it, and which its certificate must carry as a Subject Alternative Name.
         */
        public String serviceName() {
            return serviceName;
        }
    }

    private final Map<TlsMember, String> values;

    /** Takes all required members, checked. */
    InternalTls(Map<TlsMember, String> values) {
        this.values = new EnumMap<>(values);
    }

    /** Returns all members, the CA's key among them if it is there. */
    Map<TlsMember, String> values() {
        return new EnumMap<>(values);
    }

    /** Returns the CA's certificate, X.509 in PEM. Harbor's {@code harbor_internal_ca.crt}. */
    public String caCertificate() {
        return text(TlsMember.CA_CRT);
    }

    /** Returns the certificate of a component, X.509 in PEM; one that was supplied may be followed by its chain. */
    public String certificate(Component component) {
        return text(TlsMember.certificateOf(component));
    }

    /**
     * Returns the private key of a component in PEM, without a pass phrase: in PKCS#8 if it was drawn here; one that was
     * supplied is in PKCS#8, PKCS#1 or SEC1.
     */
    public Secret key(Component component) {
        return Secret.generated(text(TlsMember.keyOf(component)));
    }

    /** Returns the moment from which on some of it is no longer accepted: the earliest end of all certificates. */
    public Instant expiry() {
        Instant earliest = Instant.MAX;
        for (Map.Entry<TlsMember, String> entry : values.entrySet()) {
            if (!entry.getKey().isKey()) {
                Instant end = CertificateExpiry.earliest(entry.getValue())
                        .orElseThrow(() -> new IllegalStateException("A certificate was not checked."));
                earliest = end.isBefore(earliest) ? end : earliest;
            }
        }
        return earliest;
    }

    /**
     * Tells why a CA, a certificate and a key cannot be used for a component, in one sentence without any of their
     * content; nothing if they can. Asks the same as is asked of the files of a store, so nothing about dates.
     *
     * @param caPem the CA's certificate: one that signed itself, X.509 in PEM
     * @param certificatePem the component's certificate, X.509 in PEM; it may be followed by the chain that leads to the
     *     CA
     * @param keyPem the key of that certificate, in PEM without a pass phrase: RSA of 2048 to 8192 bits, or EC on P-256,
     *     P-384 or P-521
     */
    public static Optional<String> problemOf(String caPem, Component component, String certificatePem, String keyPem) {
        Map<TlsMember, String> set = new EnumMap<>(TlsMember.class);
        set.put(TlsMember.CA_CRT, caPem);
        set.put(TlsMember.keyOf(component), keyPem);
        set.put(TlsMember.certificateOf(component), certificatePem);
        try {
            TlsPair.checkAll(set);
        } catch (Unfit e) {
            String what = e.fileName().equals(TlsMember.CA_CRT.fileName())
                    ? "internal CA's certificate"
                    : (e.fileName().endsWith(".key") ? "key of " : "certificate of ") + component.serviceName();
            return Optional.of("The " + what + " " + e.problem() + ".");
        }
        return Optional.empty();
    }

    /**
     * Returns when a PEM text's certificates run out: the earliest {@code notAfter} of all that are in it; nothing when
     * there is none, or one that cannot be read. Takes any X.509 certificates, with whatever text around them.
     */
    public static Optional<Instant> expiryOf(String certificatePem) {
        return CertificateExpiry.earliest(certificatePem);
    }

    private String text(TlsMember member) {
        String value = values.get(member);
        if (value == null) {
            throw new IllegalStateException("This set lacks " + member.fileName() + ".");
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof InternalTls that)) {
            return false;
        }
        boolean equal = true;
        for (TlsMember member : TlsMember.values()) {
            equal &= MessageDigest.isEqual(
                    Pem.ascii(values.getOrDefault(member, "")), Pem.ascii(that.values.getOrDefault(member, "")));
        }
        return equal;
    }

    /** Returns a hash of the CA's certificate alone, which is public. */
    @Override
    public int hashCode() {
        return caCertificate().hashCode();
    }

    /** Returns {@code InternalTls(***)}. */
    @Override
    public String toString() {
        return "InternalTls(***)";
    }
}
