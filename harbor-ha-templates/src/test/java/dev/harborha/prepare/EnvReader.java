package dev.harborha.prepare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who reads an env file, and so what its lines mean. */
public enum EnvReader {

    /** Each line as it is: what {@code prepare} means by the lines that it writes. */
    RAW {
        @Override
        public Map<String, String> read(String text) {
            Map<String, String> variables = new LinkedHashMap<>();
            for (String line : text.split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] pair = line.split("=", 2);
                    require(pair.length == 2, "no \"=\"", line);
                    variables.put(pair[0], pair[1]);
                }
            }
            return variables;
        }
    },

    /**
     * Docker Compose 2. A value in double quotes may have escapes and {@code $} for variables, one in single quotes only
     * {@code \'}; any other ends at {@code " #"} or the line's end, without the blanks around it, and may have variables.
     * Stricter than compose in three places: what follows a quoted value must be blank or a comment, a variable must have a
     * value, and {@code ${x:-default}} is refused, as are all variables that no line before has set.
     */
    COMPOSE {
        @Override
        public Map<String, String> read(String text) {
            return new Compose(text).read();
        }
    };

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if the reader would refuse it
     */
    public abstract Map<String, String> read(String text);

    private static void require(boolean condition, String reason, String where) {
        if (!condition) {
            throw new IllegalArgumentException(reason + ": " + where);
        }
    }

    /** Compose's own way through a text (compose-go, dotenv/parser.go). */
    private static final class Compose {

        private static final Pattern KEY =
                Pattern.compile("(?:export\\s+)?([\\p{L}\\p{N}_.\\[\\]-]+)[ \\t\\r]*[=:][ \\t\\r]*");
        private static final Pattern ESCAPE = Pattern.compile("\\\\([abcfnrtv$\"\\\\]|0\\d{0,3})");
        private static final String ESCAPED = "abfnrtv\"\\";
        private static final String MEANT = "\u0007\b\f\n\r\t\u000b\"\\";
        private static final Pattern DOLLAR =
                Pattern.compile("\\$(?:(\\$)|([_a-zA-Z]\\w*)|\\{([_a-zA-Z]\\w*)}|(?<invalid>\\{))");

        private final String text;
        private final Map<String, String> variables = new LinkedHashMap<>();
        private int at;

        Compose(String text) {
            this.text = text;
        }

        Map<String, String> read() {
            Matcher key = KEY.matcher(text);
            while (toStatement()) {
                require(key.region(at, text.length()).lookingAt(), "no variable", restOfLine());
                at = key.end();
                char first = at < text.length() ? text.charAt(at) : '\n';
                variables.put(key.group(1), first == '"' || first == '\'' ? quoted(first) : bare());
            }
            return variables;
        }

        private boolean toStatement() {
            while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
                at = text.charAt(at) == '#' ? endOfLine() : at + 1;
            }
            return at < text.length();
        }

        private int endOfLine() {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }

        private String restOfLine() {
            return text.substring(at, endOfLine());
        }

        private String bare() {
            String line = restOfLine();
            at = endOfLine();
            int comment = line.indexOf(" #");
            return expanded((comment < 0 ? line : line.substring(0, comment)).stripTrailing());
        }

        private String quoted(char quote) {
            String line = restOfLine();
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != quote; at++) {
                boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
                if (escape && text.charAt(at + 1) != quote) {
                    value.append('\\');
                }
                at += escape ? 1 : 0;
                value.append(text.charAt(at));
            }
            require(at < text.length(), "unterminated quoted value", line);
            at++;
            require(restOfLine().isBlank() || restOfLine().stripLeading().startsWith("#"), "text behind a quote", line);
            return quote == '"' ? expanded(unescaped(value.toString())) : value.toString();
        }

        private static String unescaped(String value) {
            return ESCAPE.matcher(value).replaceAll(escape -> Matcher.quoteReplacement(meant(escape.group(1))));
        }

        private static String meant(String escape) {
            if (escape.equals("$")) {
                return "$$";
            }
            if (escape.length() == 4 && escape.startsWith("0")) {
                return Character.toString(Integer.parseInt(escape, 8));
            }
            int known = ESCAPED.indexOf(escape);
            return known < 0 ? "\\" + escape : MEANT.substring(known, known + 1);
        }

        private String expanded(String value) {
            return DOLLAR.matcher(value)
                    .replaceAll(dollar -> Matcher.quoteReplacement(variable(dollar.group(), value)));
        }

        private String variable(String dollar, String value) {
            String name = dollar.replaceAll("[${}]", "");
            require(dollar.equals("$$") || variables.containsKey(name), "an unknown variable", value);
            return dollar.equals("$$") ? "$" : variables.get(name);
        }
    }
}
