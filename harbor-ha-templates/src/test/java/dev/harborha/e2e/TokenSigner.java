package dev.harborha.e2e;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Makes the tokens that Harbor makes, with the issuer of 0.5: JSON web tokens, RS256, with libtrust's key id.
 *
 * <p>It reads the private key as Harbor does: PKCS#1 in PEM, and nothing else.
 */
final class TokenSigner {

    static final String ISSUER = "registry-token-issuer";

    private static final JsonFactory JSON = new JsonFactory();
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** The algorithm identifier of an RSA key in DER: rsaEncryption, no parameters; with the version before it. */
    private static final byte[] VERSION_AND_RSA = HexFormat.of().parseHex("020100" + "300d06092a864886f70d0101010500");

    private final RSAPrivateCrtKey key;
    private final PublicKey publicKey;
    private final String keyId;

    /**
     * Reads the signing key.
     *
     * @param pkcs1Pem the text of {@code private_key.pem}
     */
    TokenSigner(String pkcs1Pem) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8(pkcs1Pem)));
            publicKey = rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            keyId = keyId(publicKey.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a token.
     *
     * @param subject the user
     * @param audience the service that the client asked for
     * @param scopes what it asked for, such as {@code repository:library/app:push,pull}; all of it is granted
     * @param now the moment of issue
     * @param life how long it is good
     * @return the token in its compact form
     */
    String token(String subject, String audience, List<String> scopes, Instant now, Duration life) {
        String header = json(out -> {
            out.writeStringField("typ", "JWT");
            out.writeStringField("alg", "RS256");
            out.writeStringField("kid", keyId);
        });
        String claims = json(out -> {
            out.writeStringField("iss", ISSUER);
            out.writeStringField("sub", subject);
            out.writeStringField("aud", audience);
            out.writeNumberField("exp", now.plus(life).getEpochSecond());
            out.writeNumberField("nbf", now.getEpochSecond());
            out.writeNumberField("iat", now.getEpochSecond());
            out.writeStringField("jti", UUID.randomUUID().toString());
            out.writeArrayFieldStart("access");
            for (String scope : scopes) {
                writeAccess(out, scope);
            }
            out.writeEndArray();
        });
        String payload = header + "." + claims;
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(payload.getBytes(StandardCharsets.US_ASCII));
            return payload + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Tells whether the holder of this key made a token.
     *
     * @param token any text
     * @return false for all that is no token with its signature
     */
    boolean hasSigned(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(publicKey);
            signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        } catch (SignatureException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first 240 bits of the public key's SHA-256, five bits a letter, in groups of four letters. */
    private static String keyId(byte[] publicKey) throws GeneralSecurityException {
        BigInteger bits = new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(publicKey));
        StringBuilder id = new StringBuilder();
        for (int letter = 0; letter < 48; letter++) {
            id.append(letter > 0 && letter % 4 == 0 ? ":" : "");
            id.append(BASE32.charAt(bits.shiftRight(256 - 5 * (letter + 1)).intValue() & 31));
        }
        return id.toString();
    }

    private static byte[] pkcs8(String pkcs1Pem) {
        String begin = "-----BEGIN RSA PRIVATE KEY-----";
        String end = "-----END RSA PRIVATE KEY-----";
        String text = pkcs1Pem.strip();
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new IllegalArgumentException("private_key.pem is not in PKCS#1 form, Harbor cannot read it.");
        }
        byte[] pkcs1 = Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(VERSION_AND_RSA);
        inner.writeBytes(der(0x04, pkcs1));
        return der(0x30, inner.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            out.write(0x82); // a length in two bytes: enough for RSA keys of every usual size
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void writeAccess(JsonGenerator out, String scope) throws IOException {
        String[] parts = scope.split(":", 3);
        out.writeStartObject();
        out.writeStringField("type", parts[0]);
        out.writeStringField("name", parts[1]);
        out.writeArrayFieldStart("actions");
        for (String action : parts[2].split(",", -1)) {
            out.writeString(action);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Writes the fields of a JSON object. */
    private interface Fields {
        void writeTo(JsonGenerator out) throws IOException;
    }

    private static String json(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            fields.writeTo(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BASE64URL.encodeToString(bytes.toByteArray());
    }
}
