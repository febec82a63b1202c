package dev.harborha.audit;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a message may repeat of a file. A file that was damaged or edited by hand can have anything anywhere, a secret among it; so
 * only names, numbers and addresses are repeated.
 */
final class SafeText {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/\\[\\]-]{1,100}");

    private SafeText() {}

    /** Returns a text where it looks like a name or an address, and the other one elsewhere. */
    static String of(String text, String otherwise) {
        return HARMLESS.matcher(text).matches() ? text : otherwise;
    }

    /** Returns texts in a row; those that are not to be repeated are counted. */
    static String of(Collection<String> texts, String between) {
        List<String> shown =
                texts.stream().filter(text -> HARMLESS.matcher(text).matches()).toList();
        int rest = texts.size() - shown.size();
        String row = String.join(between, shown);
        return rest == 0 ? row : (row.isEmpty() ? "" : row + between) + rest + " more";
    }
}
