package dev.harborha.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads an env file as Docker Compose reads it: comments, blanks around names, quotes; where a name stands twice, the last one
 * counts. The {@code harbor.cfg} and the env templates of Harbor 0.5 are read the same way.
 */
final class EnvText {

    private EnvText() {}

    static Map<String, String> read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            line(text.substring(from, to).strip(), values);
            from = to + 1;
        }
        return values;
    }

    private static void line(String line, Map<String, String> values) {
        int equals = line.indexOf('=');
        if (equals <= 0 || line.charAt(0) == '#') {
            return;
        }
        String name = line.substring(0, equals).strip();
        if (name.startsWith("export ")) {
            name = name.substring("export ".length()).strip();
        }
        values.put(name, value(line.substring(equals + 1).strip()));
    }

    private static String value(String spelling) {
        char first = spelling.isEmpty() ? ' ' : spelling.charAt(0);
        int last = first == '"' || first == '\'' ? closingQuote(spelling) : -1;
        if (last > 0) {
            String inside = spelling.substring(1, last);
            return first == '"' && inside.indexOf('\\') >= 0 ? unescaped(inside) : inside;
        }
        int comment = spelling.indexOf(" #");
        return comment < 0 ? spelling : spelling.substring(0, comment).strip();
    }

    /** Returns where the quote is that closes the one at the beginning; -1 where none does, so that it is a character as others. */
    private static int closingQuote(String spelling) {
        char quote = spelling.charAt(0);
        int i = 1;
        while (i < spelling.length() && spelling.charAt(i) != quote) {
            i += quote == '"' && spelling.charAt(i) == '\\' ? 2 : 1;
        }
        return i < spelling.length() ? i : -1;
    }

    private static String unescaped(String inside) {
        StringBuilder value = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '\\' && i + 1 < inside.length()) {
                i++;
                value.append(
                        switch (inside.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> inside.charAt(i);
                        });
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
