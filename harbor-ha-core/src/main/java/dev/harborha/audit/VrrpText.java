package dev.harborha.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines of a configuration of keepalived, as a tree of blocks. It does not judge. */
final class VrrpText {

    /** Nobody nests blocks deeper; what is deeper in a damaged file is read as if it stood here. */
    private static final int DEEPEST = 16;

    /** One line, with what stands in the braces behind it; or the file as a whole, which has no words. */
    static final class Block {

        private final List<String> words;
        private final List<Block> inside = new ArrayList<>();

        private Block(List<String> words) {
            this.words = List.copyOf(words);
        }

        /** Returns a word by its place; an empty text where there is none. */
        String word(int index) {
            return index < words.size() ? words.get(index) : "";
        }

        List<Block> inside() {
            return inside;
        }

        /** Returns the lines inside that begin with a word. */
        Stream<Block> all(String name) {
            return inside.stream().filter(line -> line.word(0).equals(name));
        }

        /** Returns what the last line says that begins with a word; an empty text where there is none. */
        String value(String name) {
            return all(name)
                    .reduce((one, last) -> last)
                    .map(line -> line.word(1))
                    .orElse("");
        }

        /** Returns the first word of each line in the blocks of a name. */
        List<String> listed(String name) {
            return all(name)
                    .flatMap(block -> block.inside().stream())
                    .map(line -> line.word(0))
                    .toList();
        }

        Optional<Block> block(String name) {
            return all(name).findFirst();
        }

        /** Never shows what stands behind the first word, which may be a secret. */
        @Override
        public String toString() {
            return word(0) + " …";
        }
    }

    private VrrpText() {}

    /** Reads a file. */
    static Block read(String text) {
        Block file = new Block(List.of());
        Block block = file;
        Deque<Block> around = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            List<String> words = new ArrayList<>();
            for (String word : words(line)) {
                if (word.equals("{")) {
                    Block head = add(block, words).orElse(block);
                    around.push(block);
                    block = around.size() > DEEPEST ? block : head;
                } else if (word.equals("}")) {
                    add(block, words);
                    block = around.isEmpty() ? block : around.pop();
                } else {
                    words.add(word);
                }
            }
            add(block, words);
        }
        return file;
    }

    /** Adds a line of these words; without any, the line before is the one that is meant. */
    private static Optional<Block> add(Block block, List<String> words) {
        if (!words.isEmpty()) {
            block.inside.add(new Block(words));
            words.clear();
        }
        return block.inside.isEmpty() ? Optional.empty() : Optional.of(block.inside.get(block.inside.size() - 1));
    }

    /** Returns the words of a line and its braces. A comment begins with # or !, wherever it stands. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                word.append(c);
            } else if (c == '#' || c == '!') {
                break;
            } else if (Character.isWhitespace(c) || c == '{' || c == '}') {
                flush(words, word);
                if (c == '{' || c == '}') {
                    words.add(String.valueOf(c));
                }
            } else {
                word.append(c);
            }
        }
        flush(words, word);
        return words;
    }

    private static void flush(List<String> words, StringBuilder word) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
