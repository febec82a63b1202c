package dev.harborha.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the YAML that people and programs write for Harbor and Docker Compose: mappings and sequences in block and in flow style,
 * quoted and plain values. It does not judge: a line that it does not understand is passed over, so that every text has an end.
 */
final class YamlReader {

    private static final Pattern TAG_OR_ANCHOR = Pattern.compile("^(?:[!&]\\S*(?:\\s+|$))+");

    private final SortedMap<String, String> values = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private int at;

    private YamlReader(String text) {
        text.lines()
                .map(YamlReader::withoutComment)
                .filter(line -> !line.isBlank() && !line.equals("---") && !line.equals("..."))
                .forEach(lines::add);
    }

    /** Returns the values of a text by their paths. */
    static SortedMap<String, String> read(String text) {
        YamlReader reader = new YamlReader(text);
        while (reader.at < reader.lines.size()) {
            reader.block("", reader.indent());
        }
        return reader.values;
    }

    private static String withoutComment(String line) {
        for (int hash = line.indexOf('#'); hash >= 0; hash = line.indexOf('#', hash + 1)) {
            if ((hash == 0 || isBlank(line.charAt(hash - 1))) && !isQuoted(line, hash)) {
                return line.substring(0, hash).stripTrailing();
            }
        }
        return line.stripTrailing();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isQuoted(String line, int place) {
        int i = 0;
        while (i < place) {
            boolean begins = i == 0 || " \t[{,".indexOf(line.charAt(i - 1)) >= 0;
            if (begins && YamlScalar.isQuote(line.charAt(i))) {
                i += YamlScalar.quotedLength(line.substring(i));
            } else {
                i++;
            }
        }
        return i > place;
    }

    private int indent() {
        String line = lines.get(at);
        int indent = 0;
        while (indent < line.length() && isBlank(line.charAt(indent))) {
            indent++;
        }
        return indent;
    }

    private String rest() {
        return lines.get(at).substring(indent());
    }

    private static boolean isItem(String rest) {
        return rest.equals("-") || rest.startsWith("- ");
    }

    /** Reads the lines that are indented as far as the current one, with all that is below them. */
    private void block(String path, int indent) {
        int items = 0;
        while (at < lines.size() && indent() >= indent) {
            String rest = rest();
            if (indent() > indent) {
                at++; // goes on with a plain value
            } else if (isItem(rest)) {
                item(path + "[" + items + "]", indent, rest);
                items++;
            } else if (items > 0) {
                return; // a sequence may stand as far left as the key that it belongs to
            } else {
                int colon = YamlScalar.colon(rest);
                at++;
                if (colon > 0) {
                    String key = YamlScalar.value(rest.substring(0, colon).strip());
                    entry(path.isEmpty() ? key : path + "." + key, indent, rest.substring(colon + 1));
                }
            }
        }
    }

    private void item(String path, int indent, String rest) {
        String inside = rest.substring(1).stripLeading();
        if (isItem(inside) || (!isFlow(inside) && YamlScalar.colon(inside) > 0)) {
            int further = indent + rest.length() - inside.length();
            lines.set(at, " ".repeat(further) + inside);
            block(path, further);
        } else {
            at++;
            entry(path, indent, inside);
        }
    }

    /** Reads what belongs to a key or to a hyphen. */
    private void entry(String path, int indent, String behind) {
        String value = TAG_OR_ANCHOR.matcher(behind.strip()).replaceFirst("");
        if (value.isEmpty()) {
            boolean sequence = at < lines.size() && indent() == indent && isItem(rest()) && !path.endsWith("]");
            if (sequence || (at < lines.size() && indent() > indent)) {
                block(path, indent());
            } else {
                values.put(path, "");
            }
        } else if (value.charAt(0) == '|' || value.charAt(0) == '>') {
            values.put(path, literal(indent));
        } else if (isFlow(value)) {
            new Flow(joinedWhile(value, YamlReader::isOpen)).read(path);
        } else if (YamlScalar.isQuote(value.charAt(0))) {
            values.put(path, YamlScalar.value(joinedWhile(value, YamlScalar::isUnclosed)));
        } else {
            values.put(path, YamlScalar.value(value));
        }
    }

    private interface Incomplete {
        boolean test(String text);
    }

    private String joinedWhile(String begin, Incomplete incomplete) {
        String text = begin;
        while (incomplete.test(text) && at < lines.size()) {
            text += " " + lines.get(at).strip();
            at++;
        }
        return text;
    }

    private static boolean isFlow(String value) {
        return value.startsWith("{") || value.startsWith("[");
    }

    private static boolean isOpen(String flow) {
        int depth = 0;
        int i = 0;
        while (i < flow.length()) {
            char c = flow.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            i += YamlScalar.isQuote(c) ? YamlScalar.quotedLength(flow.substring(i)) : 1;
        }
        return depth > 0;
    }

    private String literal(int indent) {
        StringBuilder text = new StringBuilder();
        while (at < lines.size() && indent() > indent) {
            text.append(lines.get(at).strip()).append('\n');
            at++;
        }
        return text.toString();
    }

    /** Reads {@code {a: b, c: [d, e]}}. */
    private final class Flow {

        private final String text;
        private int next;

        private Flow(String text) {
            this.text = text;
        }

        private void read(String path) {
            char open = text.charAt(next);
            if (open == '[' || open == '{') {
                next++;
                int items = 0;
                while (more()) {
                    String key = open == '{' ? scalar(":,}") : "";
                    if (open == '{' && !take(':')) {
                        values.put(path + "." + key, "");
                    } else if (more()) {
                        read(open == '{' ? path + "." + key : path + "[" + items + "]");
                    }
                    items++;
                    take(',');
                }
                next++;
            } else {
                values.put(path, scalar(",]}"));
            }
        }

        private boolean more() {
            blanks();
            return next < text.length() && text.charAt(next) != ']' && text.charAt(next) != '}';
        }

        private void blanks() {
            while (next < text.length() && isBlank(text.charAt(next))) {
                next++;
            }
        }

        private boolean take(char wanted) {
            blanks();
            boolean there = next < text.length() && text.charAt(next) == wanted;
            next += there ? 1 : 0;
            return there;
        }

        private String scalar(String ends) {
            int from = next;
            if (next < text.length() && YamlScalar.isQuote(text.charAt(next))) {
                next += YamlScalar.quotedLength(text.substring(next));
            } else {
                do {
                    next++;
                } while (next < text.length() && !endsScalar(ends));
            }
            return YamlScalar.value(
                    text.substring(from, Math.min(next, text.length())).strip());
        }

        private boolean endsScalar(String ends) {
            char c = text.charAt(next);
            boolean inWord = c == ':' && next + 1 < text.length() && !isBlank(text.charAt(next + 1));
            return ends.indexOf(c) >= 0 && !inWord;
        }
    }
}
