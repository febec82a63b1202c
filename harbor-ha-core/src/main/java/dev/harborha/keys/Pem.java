package dev.harborha.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** PEM: a DER text in base64 between two lines that name its kind. */
final class Pem {

    static final String RSA_KEY = "RSA PRIVATE KEY";
    static final String PKCS8_KEY = "PRIVATE KEY";
    static final String EC_KEY = "EC PRIVATE KEY";
    static final String CERTIFICATE = "CERTIFICATE";

    private static final String DASHES = "-----";
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";

    private Pem() {}

    /** Returns the kind that the first block of a text claims to be; an empty text when there is no block. */
    static String kindOf(String text) {
        int begin = text.indexOf(BEGIN);
        int end = begin < 0 ? -1 : text.indexOf(DASHES, begin + BEGIN.length());
        return end < 0 ? "" : text.substring(begin + BEGIN.length(), end);
    }

    /** Tells whether a text holds two blocks or more. */
    static boolean hasManyBlocks(String text) {
        return text.indexOf(BEGIN) != text.lastIndexOf(BEGIN);
    }

    /**
     * Returns what a text that is one block of the given kind and nothing else holds; nothing when there is text
     * around the block, a second block, a header, a carriage return or a character that is not base64.
     */
    static Optional<byte[]> onlyBlock(String text, String kind) {
        String begin = String.join("", BEGIN, kind, DASHES, "\n");
        String end = String.join("", "\n", END, kind, DASHES);
        String block = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (!block.startsWith(begin) || !block.endsWith(end) || block.length() < begin.length() + end.length()) {
            return Optional.empty();
        }
        String body = block.substring(begin.length(), block.length() - end.length());
        try {
            return Optional.of(Base64.getDecoder().decode(body.replace("\n", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns what a text holds that is one block of the given kind after the other and nothing else, in their order;
     * nothing when there is anything else, or no block.
     */
    static List<byte[]> onlyBlocks(String text, String kind) {
        String end = String.join("", END, kind, DASHES, "\n");
        List<byte[]> blocks = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int last = text.indexOf(end, from);
            int to = last < 0 ? text.length() : last + end.length();
            Optional<byte[]> block = onlyBlock(text.substring(from, to), kind);
            if (block.isEmpty()) {
                return List.of();
            }
            blocks.add(block.get());
            from = to;
        }
        return blocks;
    }

    /**
     * Returns what all blocks of the given kind in a text hold, whatever stands between them and wherever their lines
     * end; nothing when there is no such block, or one that is cut off or not base64.
     */
    static List<byte[]> anyBlocks(String text, String kind) {
        String begin = String.join("", BEGIN, kind, DASHES);
        String end = String.join("", END, kind, DASHES);
        List<byte[]> blocks = new ArrayList<>();
        int from = text.indexOf(begin);
        while (from >= 0) {
            int to = text.indexOf(end, from);
            if (to < 0) {
                return List.of();
            }
            String body = text.substring(from + begin.length(), to).replaceAll("[ \\t\\r\\n]", "");
            try {
                blocks.add(Base64.getDecoder().decode(body));
            } catch (IllegalArgumentException e) {
                return List.of();
            }
            from = text.indexOf(begin, to);
        }
        return blocks;
    }

    /** Returns a block with lines of 64 characters that end with a line feed. */
    static String block(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + kind + DASHES + "\n" + body + "\n" + END + kind + DASHES + "\n";
    }

    /** Returns the bytes of a text that is known to be ASCII. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
