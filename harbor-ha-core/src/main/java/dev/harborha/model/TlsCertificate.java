package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.regex.Pattern;

/**
 * The certificate that a load balancer or a node shows to its clients: a file that is on its machine already, or PEM that is
 * rendered.
 */
public sealed interface TlsCertificate {

    /** The paths that nginx uses unless told otherwise: {@code /etc/nginx/tls/harbor.crt} and {@code .key}. */
    OnMachine NGINX_DEFAULT =
            new OnMachine(new AbsolutePath("/etc/nginx/tls/harbor.crt"), new AbsolutePath("/etc/nginx/tls/harbor.key"));

    /** The path that HAProxy uses unless told otherwise: {@code /etc/haproxy/tls/harbor.pem}, with the key in the same file. */
    OnMachine HAPROXY_DEFAULT = new OnMachine(
            new AbsolutePath("/etc/haproxy/tls/harbor.pem"), new AbsolutePath("/etc/haproxy/tls/harbor.pem"));

    /** Returns the paths that a program uses unless told otherwise. */
    static OnMachine defaultFor(LoadBalancerProgram program) {
        return program == LoadBalancerProgram.HAPROXY ? HAPROXY_DEFAULT : NGINX_DEFAULT;
    }

    /**
     * A certificate that somebody else keeps on the machine.
     *
     * @param certificate where the certificate and its chain lie, in PEM
     * @param key where the private key lies, in PEM
     */
    record OnMachine(AbsolutePath certificate, AbsolutePath key) implements TlsCertificate {}

    /**
     * A certificate that is rendered below the machine's folder.
     *
     * @param chain the certificate and its chain, in PEM
     * @param key the private key, in PEM without a passphrase
     */
    record Pem(String chain, Secret key) implements TlsCertificate {

        private static final Pattern KEY = Pattern.compile(
                "\\s*-----BEGIN (RSA |EC )?PRIVATE KEY-----\\s[A-Za-z0-9+/=\\s]+-----END (RSA |EC )?PRIVATE KEY-----\\s*");

        /**
         * Makes a certificate from PEM texts.
         *
         * @throws IllegalArgumentException if the chain holds no X.509 certificate, or the key is no private key in PEM
         *     or has a passphrase
         */
        public Pem {
            PemCertificates.require("the certificate", chain);
            if (key.isResolved()) {
                requireKey(key.reveal());
            }
        }

        private static void requireKey(String key) {
            if (key.contains("ENCRYPTED")) {
                throw new IllegalArgumentException(
                        "The private key has a passphrase, which nginx would ask for at every"
                                + " start; give it without one (openssl pkey -in key.pem -out plain.pem).");
            }
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("The private key is no private key in PEM; give the text that begins"
                        + " with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.");
            }
        }

        /** Returns a text that shows neither the chain nor the key. */
        @Override
        public String toString() {
            return "Pem[chain of " + chain.length() + " characters, key=" + key + "]";
        }
    }
}
