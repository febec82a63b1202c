package dev.harborha.keys;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a key store holds, in the order in which it is drawn and written: a member comes after the one that it is made
 * from.
 */
enum Member {
    PRIVATE_KEY("private_key.pem", 0, null),
    ROOT_CRT("root.crt", 0, PRIVATE_KEY),
    SECRETKEY("secretkey", 16, null),
    UI_SECRET("ui_secret", 16, null),
    CORE_SECRET("core_secret", 16, null),
    JOBSERVICE_SECRET("jobservice_secret", 16, null),
    CSRF_KEY("csrf_key", 32, null),
    REGISTRY_PASSWORD("registry_password", 32, null),
    REGISTRY_HTPASSWD("registry_htpasswd", 0, REGISTRY_PASSWORD),
    ROBOT_SCANNER_NAME_PREFIX("robot_scanner_name_prefix", 8, null),
    REGISTRY_HTTP_SECRET("registry_http_secret", 32, null);

    private final String fileName;
    private final int drawnLength;
    private final @Nullable Member source;

    Member(String fileName, int drawnLength, @Nullable Member source) {
        this.fileName = fileName;
        this.drawnLength = drawnLength;
        this.source = source;
    }

    /** Returns the name of the member's file, which is its name in the index too. */
    String fileName() {
        return fileName;
    }

    /** Returns how many characters are drawn for the member; 0 for one that is no drawn text. */
    int drawnLength() {
        return drawnLength;
    }

    /** Returns the member whose file has the given name, if there is one. */
    static @Nullable Member named(String fileName) {
        for (Member member : values()) {
            if (member.fileName.equals(fileName)) {
                return member;
            }
        }
        return null;
    }

    /**
     * Checks every member there is, and that those fit together that belong together.
     *
     * @param htpasswdSeal the seal that was written when the htpasswd line was last verified, or an empty text
     * @throws Unfit about the first member that is wrong, with its file's name
     */
    static void checkAll(Map<Member, String> values, String htpasswdSeal) throws Unfit {
        TokenPair pair = TokenPair.withPublishedKeys();
        byte[] publicKey = new byte[0];
        for (Member member : values()) {
            String value = values.get(member);
            if (value == null) {
                continue;
            }
            try {
                String origin = member.requireSource(values);
                if (member == PRIVATE_KEY) {
                    publicKey = pair.requireKey(value);
                } else if (member == ROOT_CRT) {
                    pair.requireCertificate(value, publicKey);
                } else if (member == REGISTRY_HTPASSWD) {
                    Htpasswd.requireLine(value, origin, htpasswdSeal);
                } else {
                    member.requireDrawn(value);
                }
            } catch (Unfit e) {
                throw e.in(member.fileName);
            }
        }
    }

    /** Returns the text that this one was made from; an empty text if it was made from none. */
    private String requireSource(Map<Member, String> values) throws Unfit {
        if (source == null) {
            return "";
        }
        String origin = values.get(source);
        if (origin == null) {
            throw new Unfit(
                    "is there without " + source.fileName + ", which it was made from",
                    "put that file beside it, or remove " + Unfit.FILE + " so that both are drawn");
        }
        return origin;
    }

    private void requireDrawn(String value) throws Unfit {
        int length = lengthWithoutNewline(value);
        if (length != drawnLength) {
            throw new Unfit("holds " + length + " characters instead of exactly " + drawnLength, cure());
        }
        if (length != value.length()) {
            throw endsWithNewline(drawnLength);
        }
        for (int i = 0; i < length; i++) {
            if (Draw.ALPHABET.indexOf(value.charAt(i)) < 0) {
                throw new Unfit("holds a character other than the letters A-Z and a-z and the digits 0-9", cure());
            }
        }
    }

    private String cure() {
        return this == SECRETKEY
                ? "put back the one that this cluster's database was used with, or, for a new cluster only, remove it,"
                        + " and its line in store, so that one is drawn"
                : "put back the right one, or remove it, and its line in store, so that a new one is drawn";
    }

    static int lengthWithoutNewline(String value) {
        int length = value.length();
        while (length > 0 && (value.charAt(length - 1) == '\n' || value.charAt(length - 1) == '\r')) {
            length--;
        }
        return length;
    }

    static Unfit endsWithNewline(int length) {
        return new Unfit(
                "ends with a newline, which Harbor would take as a part of it",
                "cut it off: `truncate -s " + length + " " + Unfit.FILE + "`");
    }
}
