package dev.harborha.templates.clusterfile;

import dev.harborha.model.PemCertificates;
import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one map of a cluster file. Each key that may stand there is asked for once; {@link #end()} then reports those that
 * nobody asked for and those that are missing. A value that is refused is reported and counts as absent.
 */
final class Fields {

    private final Reading reading;
    private final Mark mark;
    private final Map<String, YamlNode.Entry> entries;
    private final KeyCheck keys;
    private String path;

    private Fields(Reading reading, YamlNode.Mapping map, String path) {
        this.reading = reading;
        this.mark = map.mark();
        this.entries = map.entries();
        this.keys = new KeyCheck(entries);
        this.path = path;
    }

    /** Returns the fields of a node that has to be a map; nothing if it is none, which is reported. */
    static Optional<Fields> of(YamlNode node, String path, Reading reading) {
        if (node instanceof YamlNode.Mapping map) {
            return Optional.of(new Fields(reading, map, path));
        }
        if (!(node instanceof YamlNode.Refused)) {
            reading.problems().add(node.mark(), path, "Expected a map of keys and values, found " + node.kind() + ".");
        }
        return Optional.empty();
    }

    /** Names this element by another path from now on. */
    void rename(String newPath) {
        path = newPath;
    }

    Reading reading() {
        return reading;
    }

    /** Says that the keys must be there. */
    Fields require(String... needed) {
        return require(List.of(needed));
    }

    Fields require(List<String> needed) {
        keys.require(needed);
        return this;
    }

    /** Says that exactly one of the keys must be there. */
    void oneOf(String... alternatives) {
        keys.choose(List.of(alternatives), false);
    }

    /** Says that one of the keys or more must be there. */
    void someOf(String... alternatives) {
        keys.choose(List.of(alternatives), true);
    }

    /** Tells whether the key is there, with whatever value. */
    boolean has(String key) {
        keys.know(key);
        return entries.containsKey(key);
    }

    private @Nullable YamlNode node(String key) {
        keys.know(key);
        YamlNode.Entry entry = entries.get(key);
        return entry == null || entry.value() instanceof YamlNode.Refused ? null : entry.value();
    }

    /** Returns a text as it is written, whatever type other readers of YAML would give it. */
    @Nullable
    String text(String key) {
        YamlNode node = node(key);
        return node == null ? null : text(node, child(key), reading);
    }

    static @Nullable String text(YamlNode node, String path, Reading reading) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        reading.problems().add(node.mark(), path, "Expected text, found " + wrongForText(node) + ".");
        return null;
    }

    private static String wrongForText(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.text().isEmpty()) {
            return "null; put the word in double quotes if it is the text, or remove the key";
        }
        if (node instanceof YamlNode.Scalar) {
            return "nothing; give a value, or remove the key";
        }
        String bracket = node instanceof YamlNode.Sequence list && list.flow()
                ? "["
                : node instanceof YamlNode.Mapping map && map.flow() ? "{" : "";
        return node.kind()
                + (bracket.isEmpty() ? "" : "; put a text that begins with \"" + bracket + "\" in double quotes");
    }

    /** Returns what {@code parse} makes of a text; its refusal is reported in its own words. */
    <T> @Nullable T parsed(String key, Function<String, T> parse) {
        return checked(key, text(key), parse);
    }

    /** Returns what {@code make} makes of a value that was read; its refusal is reported in its own words. */
    <V, T> @Nullable T checked(String key, @Nullable V value, Function<V, T> make) {
        if (value == null) {
            return null;
        }
        try {
            return make.apply(value);
        } catch (IllegalArgumentException e) {
            refuse(key, e);
            return null;
        }
    }

    /** Returns certificates, given in PEM or as the name of a file. */
    @Nullable
    PemCertificates certificates(String key) {
        return parsed(key, text -> PemText.certificates(text, reading));
    }

    /** Returns a secret; no refusal shows its text. */
    @Nullable
    Secret secret(String key) {
        return parsed(key, text -> SecretText.parse(text, reading));
    }

    /** Returns one of the given words in lower case. */
    <E extends Enum<E>> @Nullable E word(String key, Class<E> type) {
        return parsed(key, text -> Words.parse(text, type));
    }

    @Nullable
    Boolean flag(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.plain()) {
            switch (scalar.text()) {
                case "true", "True", "TRUE" -> {
                    return true;
                }
                case "false", "False", "FALSE" -> {
                    return false;
                }
                default -> {
                    // reported below
                }
            }
        }
        expected("true or false, without quotes", key, node);
        return null;
    }

    @Nullable
    Long number(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.plain() && Words.isWholeNumber(scalar.text())) {
            return Long.valueOf(scalar.text());
        }
        expected("a whole number of at most 18 digits, without quotes", key, node);
        return null;
    }

    /** Returns a number that fits an int; a larger one is reported. */
    @Nullable
    Integer integer(String key) {
        Long number = number(key);
        if (number != null && number != number.intValue()) {
            refuse(key, "The number " + number + " is too large.");
            return null;
        }
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    /** Returns a number that may have a fraction. */
    @Nullable
    Double decimal(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.plain() && Words.isDecimalNumber(scalar.text())) {
            return Double.valueOf(scalar.text());
        }
        expected("a decimal number such as 0.25, without quotes", key, node);
        return null;
    }

    private void expected(String what, String key, YamlNode node) {
        String found =
                node instanceof YamlNode.Scalar scalar && !scalar.isNull() ? Shown.of(scalar.text()) : node.kind();
        reading.problems().add(node.mark(), child(key), "Expected " + what + "; found " + found + ".");
    }

    /** Returns the fields of a map below this one. */
    Optional<Fields> map(String key) {
        YamlNode node = node(key);
        return node == null ? Optional.empty() : of(node, child(key), reading);
    }

    /** Returns the fields of a map below this one that may be empty, which stands for the defaults. */
    Optional<Fields> mapOrDefaults(String key) {
        YamlNode node = node(key);
        if (node == null || node instanceof YamlNode.Mapping) {
            return map(key);
        }
        refuse(key, "Expected a map of keys and values, found " + node.kind() + "; write {} for the defaults.");
        return Optional.empty();
    }

    /** Tells whether a list without items is there. */
    boolean isEmptyList(String key) {
        return node(key) instanceof YamlNode.Sequence list && list.items().isEmpty();
    }

    /** Returns the items of a list; none if it is absent. */
    List<YamlNode> list(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence list) {
            return list.items();
        }
        reading.problems().add(node.mark(), child(key), "Expected a list, found " + node.kind() + ".");
        return List.of();
    }

    /** Returns the texts of a list, each of which {@code check} has accepted. */
    List<String> texts(String key, Consumer<String> check) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list(key)) {
            String place = child(key) + "[#" + (texts.size() + 1) + "]";
            String text = item instanceof YamlNode.Refused ? null : text(item, place, reading);
            if (text != null) {
                try {
                    check.accept(text);
                } catch (IllegalArgumentException e) {
                    reading.problems().add(item.mark(), place, sentence(e));
                }
            }
            texts.add(text == null ? "" : text);
        }
        return texts;
    }

    /** Returns the texts of a list that must not be empty. */
    List<String> filledTexts(String key, String one, Consumer<String> check) {
        if (isEmptyList(key)) {
            refuse(key, "The list is empty; give at least one " + one + ".");
        }
        return texts(key, check);
    }

    /** Returns the constants of a list that must not be empty; fewer where some are refused. */
    <E extends Enum<E>> List<E> words(String key, Class<E> type) {
        List<E> words = new ArrayList<>();
        filledTexts(key, "of " + Words.all(type), text -> words.add(Words.parse(text, type)));
        return words;
    }

    /** Returns the texts of a map whose keys are free; {@code check} has accepted each key with a sample, and with its text. */
    Map<String, String> pairs(String key, BiConsumer<String, String> check) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (!(node(key) instanceof YamlNode.Mapping map)) {
            map(key); // for its refusal
            return pairs;
        }
        map.entries().forEach((name, entry) -> {
            String refusal = refusalOf(name, entry, check);
            if (!refusal.isEmpty()) {
                reading.problems().add(entry.key(), child(key), refusal);
                return;
            }
            String place = child(key) + "." + name;
            String text = entry.value() instanceof YamlNode.Refused ? null : text(entry.value(), place, reading);
            if (text != null) {
                try {
                    check.accept(name, text);
                    pairs.put(name, text);
                } catch (IllegalArgumentException e) {
                    reading.problems().add(entry.value().mark(), place, sentence(e));
                }
            }
        });
        return pairs;
    }

    /** Returns why a free key is refused; empty if it is not. */
    private static String refusalOf(String name, YamlNode.Entry entry, BiConsumer<String, String> check) {
        if (name.indexOf(':') >= 0) {
            return "The key " + Shown.key(name) + " has a colon; put a blank after it.";
        }
        if (entry.isBare()) {
            return KeyCheck.ALONE;
        }
        try {
            check.accept(name, "sample");
            return "";
        } catch (IllegalArgumentException e) {
            return sentence(e);
        }
    }

    /** Reports that the value of a key is refused. */
    void refuse(String key, IllegalArgumentException e) {
        refuse(key, sentence(e));
    }

    void refuse(String key, String message) {
        YamlNode.Entry entry = entries.get(key);
        reading.problems().add(entry == null ? mark : entry.value().mark(), child(key), message);
    }

    /** Reports something about this map as a whole. */
    void refuse(String message) {
        reading.problems().add(mark, path, message);
    }

    private static String sentence(IllegalArgumentException e) {
        return e.getMessage() == null ? "This value is refused." : e.getMessage();
    }

    /** Says that two keys stand together or not at all. */
    void together(String one, String other) {
        if (has(one) != has(other)) {
            require(one, other);
        }
    }

    /** Reports unknown keys, and required keys that are missing; returns whether there are none. */
    boolean end() {
        return keys.report(mark, path, reading.problems());
    }

    private String child(String key) {
        return path + "." + key;
    }
}
