package dev.harborha.templates.clusterfile;

import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> required = new ArrayList<>();
    private String path;

    private Fields(Reading reading, YamlNode.Mapping map, String path) {
        this.reading = reading;
        this.mark = map.mark();
        this.entries = map.entries();
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
    Fields require(String... keys) {
        return require(List.of(keys));
    }

    Fields require(List<String> keys) {
        required.addAll(keys);
        return this;
    }

    /** Tells whether the key is there, with whatever value. */
    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    private @Nullable YamlNode node(String key) {
        known.add(key);
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
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            refuse(key, e);
            return null;
        }
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
        boolean complete = true;
        List<String> missing = new ArrayList<>(required);
        missing.removeIf(entries::containsKey);
        for (Map.Entry<String, YamlNode.Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                unknown(entry.getKey(), entry.getValue(), missing);
                complete = false;
            }
        }
        if (!missing.isEmpty()) {
            refuse(
                    missing.size() == 1
                            ? "The key " + missing.get(0) + " is missing."
                            : "The keys " + String.join(", ", missing) + " are missing.");
        }
        return complete && missing.isEmpty();
    }

    private void unknown(String key, YamlNode.Entry entry, List<String> missing) {
        int colon = key.indexOf(':');
        Optional<String> meant = Spelling.closest(colon < 0 ? key : key.substring(0, colon), known);
        meant.ifPresent(missing::remove);
        String message;
        if (colon >= 0) {
            message = "Unknown key " + Shown.key(key) + "; a blank is missing after its colon.";
        } else if (meant.isPresent()) {
            message = "Unknown key " + Shown.of(key) + ". Did you mean \"" + meant.get() + "\"?";
        } else if (entry.isBare()) {
            message = "A key without a value; put a text that holds a comma in double quotes.";
        } else {
            message = "Unknown key " + Shown.of(key) + "; known here: " + String.join(", ", known) + ".";
        }
        reading.problems().add(entry.key(), path, message);
    }

    private String child(String key) {
        return path + "." + key;
    }
}
