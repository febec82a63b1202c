package dev.harborha.templates.nginx;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a configuration by nginx's own rules for words: quotes at the beginning of a word only, a backslash that keeps the
 * next character from ending it, {@code #} as a comment only where a word could begin.
 */
public final class NginxReader {

    private final String text;
    private int at;

    private NginxReader(String text) {
        this.text = text;
    }

    /**
     * A directive that was read.
     *
     * @param words its name and its arguments, unquoted
     * @param block its block; empty for a directive that ends with a semicolon and for an empty block
     * @param hasBlock whether it has a block
     */
    public record Directive(List<String> words, List<Directive> block, boolean hasBlock) {

        /** Returns the directives of the block that have the given name. */
        public List<Directive> all(String name) {
            return block.stream()
                    .filter(child -> child.words().get(0).equals(name))
                    .toList();
        }

        /** Returns the only directive of the block with the given name. */
        public Directive one(String name) {
            List<Directive> found = all(name);
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " directives are called " + name);
            }
            return found.get(0);
        }
    }

    /**
     * Reads a whole file.
     *
     * @return a directive without words that has the file's directives as its block
     * @throws IllegalArgumentException if nginx would refuse the file's syntax
     */
    public static Directive read(String text) {
        NginxReader reader = new NginxReader(text);
        List<Directive> top = reader.block(true);
        return new Directive(List.of(), top, true);
    }

    private List<Directive> block(boolean top) {
        List<Directive> directives = new ArrayList<>();
        List<String> words = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at == text.length()) {
                require(top && words.isEmpty(), "unexpected end of file");
                return directives;
            }
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ';' || c == '{') {
                require(!words.isEmpty(), "unexpected \"" + c + "\"");
                at++;
                directives.add(new Directive(List.copyOf(words), c == '{' ? block(false) : List.of(), c == '{'));
                words.clear();
            } else if (c == '}') {
                require(!top && words.isEmpty(), "unexpected \"}\"");
                at++;
                return directives;
            } else {
                words.add(c == '"' || c == '\'' ? quoted(c) : bare());
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private String quoted(char quote) {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        require(at < text.length(), "a quote is not closed");
        String word = text.substring(start, at++);
        require(
                at == text.length() || isBlank(text.charAt(at)) || ";{)".indexOf(text.charAt(at)) >= 0,
                "a quote is followed by \"" + text.substring(at, Math.min(at + 1, text.length())) + "\"");
        return unescaped(word);
    }

    private String bare() {
        int start = at;
        while (at < text.length() && !isBlank(text.charAt(at)) && text.charAt(at) != ';') {
            if (text.charAt(at) == '{' && text.charAt(at - 1) != '$') {
                break;
            }
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return unescaped(text.substring(start, Math.min(at, text.length())));
    }

    private static String unescaped(String word) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char next = word.charAt(i) == '\\' && i + 1 < word.length() ? word.charAt(i + 1) : 0;
            int control = "trn".indexOf(next);
            if (next != 0 && "\"'\\".indexOf(next) >= 0) {
                plain.append(next);
                i++;
            } else if (next != 0 && control >= 0) {
                plain.append("\t\r\n".charAt(control));
                i++;
            } else {
                plain.append(word.charAt(i));
            }
        }
        return plain.toString();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
