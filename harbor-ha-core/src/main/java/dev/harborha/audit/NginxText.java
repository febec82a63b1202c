package dev.harborha.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directives of an nginx configuration, as a tree. It does not judge: what is no directive is passed over. In the templates of
 * Harbor 0.5 a dollar sign stands twice; it is read as one.
 */
final class NginxText {

    /** One directive, or the file as a whole, which has no name. */
    static final class Directive {

        private final String name;
        private final List<String> arguments;
        private final List<Directive> inside = new ArrayList<>();
        private final @Nullable Directive outside;

        private Directive(String name, List<String> arguments, @Nullable Directive outside) {
            this.name = name;
            this.arguments = List.copyOf(arguments);
            this.outside = outside;
        }

        /** Returns what follows the name. */
        List<String> arguments() {
            return arguments;
        }

        /** Returns the first argument; an empty text where there is none. */
        String argument() {
            return arguments.isEmpty() ? "" : arguments.get(0);
        }

        /** Returns the directives of a name that stand directly inside. */
        List<Directive> all(String wanted) {
            return inside.stream().filter(child -> child.name.equals(wanted)).toList();
        }

        /** Returns the directives of a name at any depth. */
        Stream<Directive> everywhere(String wanted) {
            return inside.stream()
                    .flatMap(child -> Stream.concat(
                            child.name.equals(wanted) ? Stream.of(child) : Stream.empty(), child.everywhere(wanted)));
        }

        /** Returns those of a name that count here: nginx takes those of the innermost block that has any. */
        List<Directive> inForce(String wanted) {
            for (Directive block = this; block != null; block = block.outside) {
                List<Directive> found = block.all(wanted);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }

        /** Returns the block of a name that this one stands in. */
        Optional<Directive> around(String wanted) {
            Directive block = outside;
            while (block != null && !block.name.equals(wanted)) {
                block = block.outside;
            }
            return Optional.ofNullable(block);
        }

        @Override
        public String toString() {
            return name + arguments;
        }
    }

    /** Nobody nests blocks deeper; what is deeper in a damaged file is read as if it stood here. */
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private NginxText(String text) {
        this.text = text;
    }

    /** Reads a file. */
    static Directive read(String text) {
        return read(text, null);
    }

    /** Reads a file that is included in a block of another one. */
    static Directive readInside(String text, Directive block) {
        return read(text, block);
    }

    private static Directive read(String text, @Nullable Directive block) {
        Directive file = new Directive("", List.of(), block);
        new NginxText(text).into(file);
        return file;
    }

    private void into(Directive file) {
        Directive block = file;
        int depth = 0;
        List<String> words = new ArrayList<>();
        while (skipBlanks()) {
            char c = text.charAt(at);
            if (c == ';' || c == '{') {
                at++;
                if (!words.isEmpty()) {
                    Directive directive = new Directive(words.get(0), words.subList(1, words.size()), block);
                    block.inside.add(directive);
                    if (c == '{') {
                        block = depth < DEEPEST ? directive : block;
                        depth++;
                    }
                }
                words.clear();
            } else if (c == '}') {
                at++;
                words.clear();
                if (depth > 0) {
                    depth--;
                    block = depth < DEEPEST && block.outside != null ? block.outside : block;
                }
            } else {
                words.add(word().replace("$$", "$"));
            }
        }
    }

    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private String word() {
        char quote = text.charAt(at);
        boolean quoted = quote == '"' || quote == '\'';
        StringBuilder word = new StringBuilder();
        boolean inVariable = false;
        at += quoted ? 1 : 0;
        while (at < text.length() && !(quoted ? text.charAt(at) == quote : endsWord(word, inVariable))) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            char c = text.charAt(at);
            inVariable = c != '}' && (inVariable || (c == '{' && endsWithDollar(word)));
            word.append(c);
            at++;
        }
        at += quoted ? 1 : 0;
        return word.toString();
    }

    /** Braces belong to a word where they are around the name of a variable. */
    private boolean endsWord(StringBuilder word, boolean inVariable) {
        char c = text.charAt(at);
        return switch (c) {
            case ';' -> true;
            case '{' -> !endsWithDollar(word);
            case '}' -> !inVariable;
            default -> Character.isWhitespace(c);
        };
    }

    private static boolean endsWithDollar(StringBuilder word) {
        return word.length() > 0 && word.charAt(word.length() - 1) == '$';
    }
}
