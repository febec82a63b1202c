package dev.harborha.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the YAML that people and programs write for Harbor and Docker Compose: mappings and sequences in block and in flow style,
 * quoted, plain and block scalars, anchors, aliases and merge keys. It does not judge: a line that it does not understand is
 * passed over, and what is nested or repeated beyond all reason is left out, so that every text has an end.
 */
final class YamlReader {

    private static final Pattern PROPERTIES = Pattern.compile("(?:[!&]\\S*(?:\\s+|$)){1,4}");
    private static final Pattern ANCHOR = Pattern.compile("&(\\S+)");
    private static final Pattern ALIAS = Pattern.compile("\\*([^\\s,\\[\\]{}]+)");
    private static final Pattern BLOCK_SCALAR = Pattern.compile("[|>](?:[+-]?[1-9]?|[1-9][+-])");

    private static final String MERGE = "<<";
    private static final int DEEPEST = 64;
    private static final int MOST_COPIES = 10_000;

    private final SortedMap<String, String> values = new TreeMap<>();
    private final Map<String, String> anchors = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<String> lines;
    private int at;
    private int depth;

    /** What stands at {@code from} is wanted at {@code to}, too; below its keys, and only where nothing is, when it is merged. */
    private record Reference(String from, String to, boolean merged) {}

    private YamlReader(String text) {
        lines = new ArrayList<>(text.lines().toList());
        if (!lines.isEmpty() && lines.get(0).startsWith("\ufeff")) {
            lines.set(0, lines.get(0).substring(1));
        }
    }

    /** Returns the values of a text by their paths. */
    static SortedMap<String, String> read(String text) {
        YamlReader reader = new YamlReader(text);
        while (reader.next()) {
            if (isFlow(reader.rest())) {
                String begin = reader.rest();
                reader.at++;
                reader.entry("", -1, begin);
            } else {
                reader.block("", reader.indent());
            }
        }
        reader.copy();
        return reader.values;
    }

    /** Returns a path further down. */
    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String withoutComment(String line) {
        for (int hash = line.indexOf('#'); hash >= 0; hash = line.indexOf('#', hash + 1)) {
            if ((hash == 0 || isBlank(line.charAt(hash - 1))) && !isQuoted(line, hash)) {
                return withoutBlanks(line.substring(0, hash), false);
            }
        }
        return withoutBlanks(line, false);
    }

    /** Only these two are blanks to YAML; a value may begin or end with others. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String withoutBlanks(String text, boolean atBeginning) {
        int from = atBeginning ? indent(text) : 0;
        int to = text.length();
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isQuoted(String line, int place) {
        int i = 0;
        while (i < place) {
            boolean begins = i == 0 || " \t[{,:".indexOf(line.charAt(i - 1)) >= 0;
            if (begins && YamlScalar.isQuote(line.charAt(i))) {
                i += YamlScalar.quotedLength(line.substring(i));
            } else {
                i++;
            }
        }
        return i > place;
    }

    /** Goes on to a line that says something, without its comment; tells whether there is one. */
    private boolean next() {
        while (at < lines.size()) {
            String line = withoutComment(lines.get(at));
            if (line.startsWith("--- ")) {
                line = " ".repeat(4) + line.substring(4);
            }
            if (indent(line) < line.length() && !line.equals("---") && !line.equals("...") && line.charAt(0) != '%') {
                lines.set(at, line);
                return true;
            }
            at++;
        }
        return false;
    }

    private int indent() {
        return indent(lines.get(at));
    }

    private static int indent(String line) {
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
        depth++;
        while (next() && indent() >= indent) {
            String rest = rest();
            if (indent() > indent || depth > DEEPEST) {
                at++;
            } else if (isItem(rest)) {
                item(path + "[" + items + "]", indent, rest);
                items++;
            } else if (items > 0) {
                break; // a sequence may stand as far left as the key that it belongs to
            } else {
                int colon = YamlScalar.colon(rest);
                at++;
                if (colon > 0) {
                    String key = YamlScalar.value(withoutBlanks(rest.substring(0, colon), true));
                    entry(join(path, key), indent, rest.substring(colon + 1));
                }
            }
        }
        depth--;
    }

    private void item(String path, int indent, String rest) {
        String inside = withoutProperties(path, withoutBlanks(rest.substring(1), true));
        if (isItem(inside) || (!isFlow(inside) && YamlScalar.colon(inside) > 0)) {
            int further = indent + rest.length() - inside.length();
            lines.set(at, " ".repeat(further) + inside);
            block(path, further);
        } else {
            at++;
            entry(path, indent, inside);
        }
    }

    /** Returns a value without its tag, and without its anchor, which is remembered. */
    private String withoutProperties(String path, String value) {
        Matcher properties = PROPERTIES.matcher(value);
        if (!properties.lookingAt()) {
            return value;
        }
        Matcher anchor = ANCHOR.matcher(properties.group());
        if (anchor.find()) {
            anchors.put(anchor.group(1), path);
        }
        return value.substring(properties.end());
    }

    /** Reads what belongs to a key or to a hyphen. */
    private void entry(String path, int indent, String behind) {
        String value = withoutProperties(path, withoutBlanks(behind, true));
        if (value.isEmpty()) {
            boolean more = next();
            boolean sequence = more && indent() == indent && isItem(rest()) && !path.endsWith("]");
            if (sequence || (more && indent() > indent)) {
                below(path, indent);
            } else {
                values.put(path, "");
            }
        } else if (BLOCK_SCALAR.matcher(value).matches()) {
            values.put(path, blockScalar(indent, value));
        } else if (isFlow(value)) {
            new Flow(flow(value)).read(path);
        } else if (ALIAS.matcher(value).matches()) {
            refer(path, value);
        } else if (YamlScalar.isQuote(value.charAt(0))) {
            values.put(path, YamlScalar.value(quoted(value)));
        } else {
            values.put(path, YamlScalar.value(plain(value, indent)));
        }
    }

    /** Reads what stands on the lines behind a key: a block, or one value. */
    private void below(String path, int indent) {
        String rest = rest();
        if (isItem(rest) || (!isFlow(rest) && YamlScalar.colon(rest) > 0) || depth > DEEPEST) {
            block(path, indent());
        } else {
            at++;
            entry(path, indent, rest);
        }
    }

    private void refer(String path, String value) {
        boolean merged = path.equals(MERGE) || path.endsWith("." + MERGE);
        String to = merged ? path.substring(0, Math.max(0, path.length() - MERGE.length() - 1)) : path;
        Matcher alias = ALIAS.matcher(value);
        while (alias.find()) {
            String from = anchors.get(alias.group(1));
            if (from != null) {
                references.add(new Reference(from, to, merged));
            }
        }
    }

    /** Puts what anchors name where aliases stand. */
    private void copy() {
        int copies = 0;
        for (Reference reference : references) {
            SortedMap<String, String> taken = section(reference.from());
            copies += taken.size();
            if (copies > MOST_COPIES) {
                return;
            }
            Set<String> own = new HashSet<>();
            if (reference.merged()) {
                taken.keySet().forEach(path -> own.add(head(path, reference.from())));
                own.removeIf(key -> section(moved(key, reference.to())).isEmpty());
            }
            taken.forEach((path, value) -> {
                if (!own.contains(head(path, reference.from()))) {
                    values.put(moved(path.substring(reference.from().length()), reference.to()), value);
                }
            });
        }
    }

    private static String moved(String below, String to) {
        return to.isEmpty() && below.startsWith(".") ? below.substring(1) : to + below;
    }

    /** Returns the first key of a path below another one, with its dot. */
    private static String head(String path, String above) {
        String below = path.substring(above.length());
        int end = 1;
        while (end < below.length() && below.charAt(end) != '.' && below.charAt(end) != '[') {
            end++;
        }
        return below.substring(0, Math.min(end, below.length()));
    }

    private SortedMap<String, String> section(String path) {
        SortedMap<String, String> section = new TreeMap<>(values.subMap(path + ".", path + "/"));
        section.putAll(values.subMap(path + "[", path + "\\"));
        String value = values.get(path);
        if (value != null) {
            section.put(path, value);
        }
        return section;
    }

    private static boolean isFlow(String value) {
        return value.startsWith("{") || value.startsWith("[");
    }

    /** Reads a plain value that goes on on lines below. */
    private String plain(String begin, int indent) {
        StringBuilder text = new StringBuilder(begin);
        while (at < lines.size()) {
            String line = withoutComment(lines.get(at));
            if (indent(line) == line.length()
                    || indent(line) <= indent
                    || YamlScalar.colon(withoutBlanks(line, true)) > 0) {
                break;
            }
            text.append(' ').append(withoutBlanks(line, true));
            at++;
        }
        return text.toString();
    }

    /** Reads a quoted value to its closing quote, or to the end of the file. */
    private String quoted(String begin) {
        StringBuilder text = new StringBuilder(begin);
        char quote = begin.charAt(0);
        int breaks = 0;
        int scanned = YamlScalar.scan(text, quote, 1);
        while (scanned < 0 && at < lines.size()) {
            String line = withoutBlanks(lines.get(at), true);
            at++;
            breaks++;
            if (!line.isEmpty()) {
                boolean escaped = quote == '"' && ~scanned > text.length();
                if (escaped) {
                    text.setLength(text.length() - 1); // the backslash takes the break away
                }
                text.append(breaks > 1 ? "\n".repeat(breaks - 1) : escaped ? "" : " ");
                int from = text.length();
                text.append(line);
                breaks = 0;
                scanned = YamlScalar.scan(text, quote, from);
            }
        }
        return text.toString();
    }

    private String flow(String begin) {
        StringBuilder text = new StringBuilder(begin);
        int open = 0;
        int i = 0;
        while (true) {
            while (i < text.length()) {
                char c = text.charAt(i);
                boolean begins = i == 0 || " \t[{,:".indexOf(text.charAt(i - 1)) >= 0;
                if (begins && YamlScalar.isQuote(c)) {
                    int close = YamlScalar.scan(text, c, i + 1);
                    i = close < 0 ? text.length() : close + 1;
                } else {
                    open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                    i++;
                }
            }
            if (open <= 0 || !next()) {
                return text.toString();
            }
            text.append(' ').append(withoutBlanks(lines.get(at), true));
            at++;
        }
    }

    /** Reads the lines of a value behind {@code |} or {@code >}. */
    private String blockScalar(int indent, String header) {
        List<String> inside = new ArrayList<>();
        int digit = Math.max(header.indexOf('+'), header.indexOf('-')) == 1 ? 2 : 1;
        int own = header.length() > digit && Character.isDigit(header.charAt(digit))
                ? Math.max(indent, 0) + header.charAt(digit) - '0'
                : -1;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (indent(line) < line.length()) {
                int here = indent(line);
                if (own < 0 && here > indent) {
                    own = here;
                }
                if (own < 0 || here < own) {
                    break;
                }
            }
            inside.add(own >= 0 && line.length() > own ? line.substring(own) : "");
            at++;
        }
        String text = header.charAt(0) == '|' ? literal(inside) : folded(inside);
        if (header.contains("+")) {
            return text;
        }
        String clipped = text.replaceFirst("\n+$", "");
        return header.contains("-") || clipped.isEmpty() ? clipped : clipped + "\n";
    }

    private static String literal(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String folded(List<String> lines) {
        StringBuilder text = new StringBuilder();
        int empty = 0;
        boolean kept = true; // a break before or after a line that is indented further
        for (String line : lines) {
            if (line.isEmpty()) {
                empty++;
                continue;
            }
            boolean further = isBlank(line.charAt(0));
            boolean first = text.isEmpty();
            int breaks = empty + (!first && (further || kept) ? 1 : 0);
            text.append(breaks == 0 && !first ? " " : "\n".repeat(breaks)).append(line);
            empty = 0;
            kept = further;
        }
        return text.append("\n".repeat(empty + 1)).toString();
    }

    /** Reads {@code {a: b, c: [d, e]}}. */
    private final class Flow {

        private final String text;
        private int next;
        private int level;

        private Flow(String text) {
            this.text = text;
        }

        private void read(String path) {
            char open = text.charAt(next);
            if (open != '[' && open != '{') {
                put(path, scalar(",]}"));
                return;
            }
            if (level == DEEPEST) {
                next = text.length();
                return;
            }
            level++;
            next++;
            int items = 0;
            while (more()) {
                String key = open == '{' ? scalar(":,}") : "";
                String inside = open == '{' ? join(path, key) : path + "[" + items + "]";
                boolean hasValue = open == '[' || take(':');
                if (hasValue && more() && text.charAt(next) != ',') {
                    read(inside);
                } else {
                    values.put(inside, "");
                }
                items++;
                take(',');
            }
            next++;
            level--;
        }

        private void put(String path, String spelling) {
            if (ALIAS.matcher(spelling).matches()) {
                refer(path.replaceFirst("\\." + MERGE + "\\[[0-9]+\\]$", "." + MERGE), spelling);
            } else {
                values.put(path, YamlScalar.value(spelling));
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

        /** Returns what stands here, as it is spelled; a key without its quotes. */
        private String scalar(String ends) {
            int from = next;
            if (next < text.length() && YamlScalar.isQuote(text.charAt(next))) {
                next += YamlScalar.quotedLength(text.substring(next));
            } else {
                do {
                    next++;
                } while (next < text.length() && !endsScalar(ends));
            }
            String spelling = withoutBlanks(text.substring(from, Math.min(next, text.length())), true);
            return ends.charAt(0) == ':' ? YamlScalar.value(spelling) : spelling;
        }

        private boolean endsScalar(String ends) {
            char c = text.charAt(next);
            boolean inWord = c == ':' && next + 1 < text.length() && " \t,]}".indexOf(text.charAt(next + 1)) < 0;
            return ends.indexOf(c) >= 0 && !inWord;
        }
    }
}
