package dev.harborha.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Draws members of a key store. */
final class Draw {

    /** The characters of all drawn texts: those that no reader takes for anything else. */
    static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SecureRandom random;
    private final int rsaBits;
    private final Instant now;

    Draw(SecureRandom random, int rsaBits, Instant now) {
        this.random = random;
        this.rsaBits = rsaBits;
        this.now = now;
    }

    /** Returns the given members and all others, drawn or made from the given ones. */
    Map<Member, String> complete(Map<Member, String> given) {
        Map<Member, String> all = new EnumMap<>(Member.class);
        all.putAll(given);
        for (Member member : Member.values()) {
            if (!all.containsKey(member)) {
                all.put(member, make(member, all));
            }
        }
        return all;
    }

    private String make(Member member, Map<Member, String> earlier) {
        return switch (member) {
            case PRIVATE_KEY -> rsaKey();
            case ROOT_CRT -> TokenCertificate.selfSigned(earlier.getOrDefault(Member.PRIVATE_KEY, ""), now, random);
            case REGISTRY_HTPASSWD -> Htpasswd.line(earlier.getOrDefault(Member.REGISTRY_PASSWORD, ""), random);
            default -> text(member.drawnLength());
        };
    }

    /** Returns a new key in PKCS#1; the JDK finds its primes twice as fast as Bouncy Castle. */
    private String rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(rsaBits, RSAKeyGenParameterSpec.F4), random);
            return TokenCertificate.pkcs1(generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java can draw RSA keys; this one cannot.", e);
        }
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
