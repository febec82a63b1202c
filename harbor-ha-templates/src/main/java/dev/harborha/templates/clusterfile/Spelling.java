package dev.harborha.templates.clusterfile;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which key was meant. Loaded only once a key is unknown. */
final class Spelling {

    /** The similarity of "name" and "nmae" is 0.925. */
    private static final double ALIKE = 0.9;

    /** The longest key has 27 letters. */
    private static final int LONGEST = 40;

    private Spelling() {}

    /**
     * Returns the word that is closest to {@code written}, if one is close: the same but for case, hyphens and underscores, with
     * at most one wrong letter in three, or with two letters that changed places.
     */
    static Optional<String> closest(String written, Collection<String> words) {
        String letters = letters(written);
        if (letters.isEmpty() || letters.length() > LONGEST) {
            return Optional.empty();
        }
        LevenshteinDistance edits = LevenshteinDistance.getDefaultInstance();
        JaroWinklerSimilarity likeness = new JaroWinklerSimilarity();
        Optional<String> closest = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (String word : words) {
            String other = letters(word);
            int apart = edits.apply(letters, other);
            boolean close = apart <= Math.max(1, letters.length() / 3) || likeness.apply(letters, other) >= ALIKE;
            if (close && apart < least) {
                closest = Optional.of(word);
                least = apart;
            }
        }
        return closest;
    }

    private static String letters(String word) {
        return word.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
