package dev.harborha.keys;

import com.google.common.net.InetAddresses;
import dev.harborha.secret.Secret;
import java.io.ByteArrayInputStream;
import java.net.IDN;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a server shows to its clients, with the chain that follows it in its file.
 *
 * <p>Names are compared as Go does it, in which docker, containerd and Harbor are written: the names of the extension
 * Subject Alternative Name count, the common name (CN) does not. No clock is read and nobody is trusted: whether a
 * certificate is valid on some day, or its authority one that clients know, is for the caller to say. Immutable.
 */
public final class ServerCertificate {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** The extension that tells where to fetch the issuer's certificate, among others: id-pe-authorityInfoAccess. */
    private static final String AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";

    /** The object identifier 1.3.6.1.5.5.7.48.2, id-ad-caIssuers, whole with its tag. */
    private static final byte[] CA_ISSUERS = {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02};

    private final List<X509Certificate> chain;
    private final List<String> dnsNames;
    private final List<String> addresses;

    private ServerCertificate(List<X509Certificate> chain) {
        this.chain = List.copyOf(chain);
        this.dnsNames = names(chain.get(0), DNS_NAME, text -> text.toLowerCase(Locale.ROOT));
        this.addresses = names(chain.get(0), IP_ADDRESS, ServerCertificate::address);
    }

    /**
     * Reads a certificate and its chain.
     *
     * @param chainPem X.509 in PEM: the server's own certificate first, as nginx wants it; other text and other blocks
     *     around them do not matter
     * @throws IllegalArgumentException if there is no certificate, or one that cannot be read; the message does not show
     *     any of the text
     */
    public static ServerCertificate parse(String chainPem) {
        if (!chainPem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("The text holds no certificate in PEM; give the text that begins with"
                    + " -----BEGIN CERTIFICATE-----, followed by its chain.");
        }
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : Pem.anyBlocks(chainPem, Pem.CERTIFICATE)) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(damaged(chain.size() + 1), e);
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A PEM block of the text is cut off or not base64; give it whole.");
        }
        return new ServerCertificate(chain);
    }

    private static String damaged(int number) {
        return "Certificate number " + number + " of the text is damaged; give it whole, or one that OpenSSL can read.";
    }

    /**
     * Returns what the certificate is for: DNS names in lower case, perhaps with {@code *} as their first label, then
     * addresses in their short form. Empty when only a common name is there.
     */
    public List<String> names() {
        return Stream.concat(dnsNames.stream(), addresses.stream()).toList();
    }

    /** Returns the common name (CN) of the subject, at which no client has looked for some years; for messages. */
    public Optional<String> commonName() {
        for (String part :
                chain.get(0).getSubjectX500Principal().getName("RFC2253").split("(?<!\\\\),", -1)) {
            if (part.startsWith("CN=") && !part.startsWith("CN=#")) {
                return Optional.of(part.substring(3));
            }
        }
        return Optional.empty();
    }

    /**
     * Tells whether a client that calls a host finds its name in the certificate. An asterisk stands for one whole first
     * label and for no address.
     *
     * @param host a DNS name, in Unicode or as it is in the DNS, or an IPv4 or IPv6 address, with or without brackets
     */
    public boolean covers(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (InetAddresses.isInetAddress(bare)) {
            return addresses.contains(address(bare));
        }
        String name = dnsName(bare);
        return !name.isEmpty() && dnsNames.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }

    /** Returns a name as it is in the DNS; nothing where it cannot be there. */
    private static String dnsName(String name) {
        String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return IDN.toASCII(relative, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String address(String text) {
        InetAddress address = InetAddresses.forString(text);
        return InetAddresses.toAddrString(address);
    }

    /**
     * Returns from when on the certificate is valid: the latest begin of the server's own and of those in the chain that
     * lead from it to an authority, the authority's own, which signed itself, left out.
     */
    public Instant notBefore() {
        return leading()
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Returns until when the certificate is valid: the earliest end of the server's own and of those in the chain that lead
     * from it to an authority, the authority's own, which signed itself, left out.
     */
    public Instant notAfter() {
        return leading()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Returns the server's certificate and those that follow it, without roots, which clients have themselves. */
    private Stream<X509Certificate> leading() {
        return Stream.concat(
                Stream.of(chain.get(0)),
                chain.stream()
                        .skip(1)
                        .filter(certificate ->
                                !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())));
    }

    /** Tells whether the server's certificate signed itself, so that every client must be told to trust it. */
    public boolean isSelfSigned() {
        return signed(chain.get(0), chain.get(0));
    }

    /**
     * Tells whether a private key is the other half of the certificate and can be used with it; {@link #problemOfKey(Secret)} says
     * why not.
     *
     * @throws IllegalStateException if the secret has no value
     */
    public boolean belongsTo(Secret key) {
        return problemOfKey(key.reveal()).isEmpty();
    }

    /**
     * Tells why a private key cannot be used with the certificate, as {@link #problemOfKey(String)} does.
     *
     * @throws IllegalStateException if the secret has no value
     */
    public Optional<String> problemOfKey(Secret key) {
        return problemOfKey(key.reveal());
    }

    /**
     * Tells why a private key cannot be used with the certificate, in one sentence without any of its content; nothing if it
     * can.
     *
     * @param keyPem RSA of 2048 to 8192 bits, or EC on P-256, P-384 or P-521, which is what Go and browsers know, in PEM
     *     without a pass phrase; other text around it does not matter
     */
    public Optional<String> problemOfKey(String keyPem) {
        try {
            return TlsKey.require(alone(keyPem), "").belongsTo(chain.get(0).getPublicKey())
                    ? Optional.empty()
                    : Optional.of("The key does not belong to the certificate.");
        } catch (Unfit e) {
            return Optional.of("The key " + e.problem() + ".");
        }
    }

    /** Returns the one block of a key without what is around it; the text itself if there is none, or more than one. */
    private static String alone(String pem) {
        List<String> blocks = new ArrayList<>();
        for (String kind : List.of(Pem.PKCS8_KEY, Pem.RSA_KEY, Pem.EC_KEY)) {
            Pem.anyBlocks(pem, kind).forEach(block -> blocks.add(Pem.block(kind, block)));
        }
        return blocks.size() == 1 ? blocks.get(0) : pem;
    }

    /**
     * Tells what is wrong with the chain as far as the text shows it, in one sentence; nothing if every certificate after the
     * first signed one before it. A chain need not go up to the authority, which clients have themselves.
     */
    public Optional<String> problemOfChain() {
        if (isAuthority(chain.get(0)) && chain.stream().anyMatch(certificate -> !isAuthority(certificate))) {
            return Optional.of("The first certificate is that of an authority; the server's own must come first.");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!signedOneOf(chain.get(i), chain.subList(0, i))) {
                boolean later = signedOneOf(chain.get(i), chain.subList(i + 1, chain.size()));
                return Optional.of(
                        later
                                ? "The certificates are not in their order: number " + (i + 1)
                                        + " stands before one that it signed."
                                : "Certificate number " + (i + 1)
                                        + " signed none of those before it; one between them may be missing.");
            }
        }
        return Optional.empty();
    }

    /**
     * Tells whether the server's certificate stands alone and says itself where that of its issuer can be fetched. Browsers
     * fetch it; docker and other clients written in Go do not, and refuse the server. An authority that signed the
     * certificate with the key that clients trust, without another one in between, can say so too.
     */
    public boolean lacksIssuer() {
        X509Certificate server = chain.get(0);
        byte[] access = server.getExtensionValue(AUTHORITY_ACCESS);
        return chain.size() == 1 && access != null && !isSelfSigned() && namesIssuers(access);
    }

    private static boolean namesIssuers(byte[] extension) {
        try {
            Der access =
                    Der.reader(Der.reader(extension).content(Der.OCTET_STRING)).enter(Der.SEQUENCE);
            while (access.nextIs(Der.SEQUENCE)) {
                byte[] method = access.enter(Der.SEQUENCE).element(Der.OBJECT_IDENTIFIER);
                if (Arrays.equals(method, CA_ISSUERS)) {
                    return true;
                }
            }
        } catch (Der.Malformed e) {
            return false;
        }
        return false;
    }

    /**
     * Tells whether a client that knows some authorities can find its way to one of them: the server's certificate, or one in
     * the chain that leads from it, is theirs or was signed with their key. Neither days nor names are looked at.
     *
     * @param authoritiesPem one or more certificates in PEM
     * @throws IllegalArgumentException if there is no certificate, or one that cannot be read
     */
    public boolean leadsTo(String authoritiesPem) {
        List<X509Certificate> authorities = parse(authoritiesPem).chain;
        List<X509Certificate> reached = new ArrayList<>(List.of(chain.get(0)));
        for (int i = 0; i < reached.size(); i++) {
            X509Certificate certificate = reached.get(i);
            if (authorities.stream()
                    .anyMatch(authority -> authority.equals(certificate) || signed(certificate, authority))) {
                return true;
            }
            for (X509Certificate next : chain) {
                if (!reached.contains(next) && signed(certificate, next)) {
                    reached.add(next);
                }
            }
        }
        return false;
    }

    private static boolean signedOneOf(X509Certificate signer, List<X509Certificate> certificates) {
        return certificates.stream()
                .anyMatch(certificate -> !certificate.equals(signer) && signed(certificate, signer));
    }

    private static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** Tells whether one certificate was signed by another one; a kind of signature that Java does not know is believed. */
    private static boolean signed(X509Certificate certificate, X509Certificate signer) {
        if (!certificate.getIssuerX500Principal().equals(signer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(signer.getPublicKey());
            return true;
        } catch (NoSuchAlgorithmException e) {
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate, int kind, UnaryOperator<String> form) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name -> name.get(0).equals(kind))
                            .map(name -> form.apply(String.valueOf(name.get(1))))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /**
     * Returns the SHA-256 of the server's own certificate, in lower-case hexadecimal digits: what {@code openssl x509
     * -fingerprint -sha256} prints, without its colons.
     */
    public String fingerprint() {
        try {
            return TokenPair.fingerprint(chain.get(0).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read has no encoding.", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerCertificate that && chain.equals(that.chain);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }

    /** Returns the names and the end. */
    @Override
    public String toString() {
        return "ServerCertificate[names=" + names() + ", notAfter=" + notAfter() + "]";
    }
}
