package dev.harborha.templates.clusterfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which keys of a map may be there, and which must; reports those that are unknown or missing. */
final class KeyCheck {

    /** What is said of a key in braces that has no value: it may be a piece of an unquoted text, and is not shown. */
    static final String ALONE = "A key without a value; put a text that holds a comma in double quotes.";

    private final Map<String, YamlNode.Entry> entries;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> required = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();

    /**
     * Keys one of which must be there.
     *
     * @param several whether more of them may stand there together
     */
    private record Choice(List<String> keys, boolean several) {}

    KeyCheck(Map<String, YamlNode.Entry> entries) {
        this.entries = entries;
    }

    /** Says that the key may be there. */
    void know(String key) {
        known.add(key);
    }

    /** Says that the keys must be there. */
    void require(List<String> keys) {
        required.addAll(keys);
    }

    /** Says that one of the keys must be there; more of them only if {@code several}. */
    void choose(List<String> keys, boolean several) {
        choices.add(new Choice(keys, several));
    }

    /** Reports what is unknown and what is missing in the map at {@code path}; returns whether there is nothing. */
    boolean report(Mark map, String path, Problems problems) {
        Set<String> meant = new LinkedHashSet<>();
        boolean complete = true;
        for (Map.Entry<String, YamlNode.Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                Optional<String> closest = closest(entry.getKey());
                closest.ifPresent(meant::add);
                problems.add(entry.getValue().key(), path, unknown(entry.getKey(), entry.getValue(), closest));
                complete = false;
            }
        }
        List<String> missing = new ArrayList<>(required);
        missing.removeIf(key -> entries.containsKey(key) || meant.contains(key));
        if (!missing.isEmpty()) {
            problems.add(
                    map,
                    path,
                    missing.size() == 1
                            ? "The key " + missing.get(0) + " is missing."
                            : "The keys " + String.join(", ", missing) + " are missing.");
        }
        for (Choice choice : choices) {
            complete &= isMade(choice, meant, map, path, problems);
        }
        return complete && missing.isEmpty();
    }

    private boolean isMade(Choice choice, Set<String> meant, Mark map, String path, Problems problems) {
        String all = String.join(", ", choice.keys());
        List<String> there = choice.keys().stream().filter(entries::containsKey).toList();
        if (there.isEmpty() && choice.keys().stream().noneMatch(meant::contains)) {
            problems.add(map, path, "One of the keys " + all + " is missing.");
        }
        if (there.size() > 1 && !choice.several()) {
            problems.add(
                    map,
                    path,
                    "Only one of the keys " + all + " can stand here; found " + String.join(" and ", there) + ".");
            return false;
        }
        return !there.isEmpty();
    }

    private Optional<String> closest(String key) {
        int colon = key.indexOf(':');
        return Spelling.closest(colon < 0 ? key : key.substring(0, colon), known);
    }

    private String unknown(String key, YamlNode.Entry entry, Optional<String> meant) {
        if (key.indexOf(':') >= 0) {
            return "Unknown key " + Shown.key(key) + "; a blank is missing after its colon.";
        }
        if (meant.isPresent()) {
            return "Unknown key " + Shown.of(key) + ". Did you mean \"" + meant.get() + "\"?";
        }
        return entry.isBare()
                ? ALONE
                : "Unknown key " + Shown.of(key) + "; known here: " + String.join(", ", known) + ".";
    }
}
