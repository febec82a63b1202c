package dev.harborha.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Draws members of internal TLS: keys on the curve P-256, and certificates for whichever keys there are. */
final class TlsDraw {

    private static final String RENEW_CA =
            "move its folder away and let ClusterKeys.loadOrGenerateWithInternalTls draw a new CA with new pairs";

    private final SecureRandom random;
    private final Instant now;

    TlsDraw(SecureRandom random, Instant now) {
        this.random = random;
        this.now = now;
    }

    /**
     * Makes sure that what is missing can be drawn.
     *
     * @throws Unfit about the folder or the CA's certificate
     */
    void requireAble(Map<TlsMember, String> given) throws Unfit {
        Set<TlsMember> missing = TlsMember.required();
        missing.removeAll(given.keySet());
        if (missing.contains(TlsMember.CA_CRT)) {
            return;
        }
        if (!given.containsKey(TlsMember.CA_KEY)) {
            throw new Unfit(
                    "lacks " + TlsFolder.namesOf(missing) + ", which cannot be drawn without "
                            + TlsMember.CA_KEY.fileName(),
                    "put them there, signed by the CA in " + TlsMember.CA_CRT.fileName()
                            + ", or put that CA's key there");
        }
        requireCa(given);
    }

    /**
     * Makes sure that new pairs can be drawn.
     *
     * @throws Unfit about the folder or the CA's certificate
     */
    void requireRenewable(Map<TlsMember, String> given) throws Unfit {
        if (!given.containsKey(TlsMember.CA_KEY)) {
            throw new Unfit(
                    "lacks " + TlsMember.CA_KEY.fileName() + ", without which no new certificates can be drawn",
                    "put new pairs, signed by the CA in " + TlsMember.CA_CRT.fileName()
                            + ", over the old ones, or put that CA's key there");
        }
        requireCa(given);
    }

    private void requireCa(Map<TlsMember, String> given) throws Unfit {
        Instant end = CertificateExpiry.earliest(given.getOrDefault(TlsMember.CA_CRT, ""))
                .orElseThrow(() -> new IllegalStateException("The CA's certificate was not checked."));
        if (!end.isAfter(now)) {
            throw new Unfit("ran out at " + end + ", so nothing that it signs is accepted", RENEW_CA)
                    .in(TlsMember.CA_CRT.fileName());
        }
    }

    /** Returns the given members and all others, drawn; a CA's key is not drawn for a certificate that is there. */
    Map<TlsMember, String> complete(Map<TlsMember, String> given) {
        Map<TlsMember, String> all = new EnumMap<>(TlsMember.class);
        all.putAll(given);
        for (TlsMember member : TlsMember.values()) {
            boolean elsewhere = member == TlsMember.CA_KEY && given.containsKey(TlsMember.CA_CRT);
            if (!all.containsKey(member) && !elsewhere) {
                all.put(member, make(member, all));
            }
        }
        return all;
    }

    /** Returns the CA of the given members, and new keys and certificates for all components. */
    Map<TlsMember, String> renew(Map<TlsMember, String> given) {
        Map<TlsMember, String> ca = new EnumMap<>(TlsMember.class);
        ca.putAll(given);
        ca.keySet().removeAll(TlsMember.leaves());
        return complete(ca);
    }

    private String make(TlsMember member, Map<TlsMember, String> earlier) {
        if (member.isKey()) {
            return key();
        }
        String caKey = earlier.getOrDefault(TlsMember.CA_KEY, "");
        if (member.component() == null) {
            return InternalCertificate.ca(caKey, now, random);
        }
        return InternalCertificate.leaf(
                member.component(),
                earlier.getOrDefault(TlsMember.keyOf(member.component()), ""),
                caKey,
                earlier.getOrDefault(TlsMember.CA_CRT, ""),
                now,
                random);
    }

    private String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return Pem.block(
                    Pem.PKCS8_KEY, generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java can draw keys on P-256; this one cannot.", e);
        }
    }
}
