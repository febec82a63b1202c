package dev.harborha.prepare;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations of the container {@code log}: rsyslog's and logrotate's. */
final class LogStatements {

    private static final String TEXT = "\"(?:\\\\.|[^\"\\\\])*\"";
    private static final Pattern GAP = Pattern.compile("(?:\\s+|#[^\\n]*|/\\*.*?\\*/)+", Pattern.DOTALL);
    private static final Pattern OBJECT =
            Pattern.compile("(?<name>\\w+)\\s*\\((?<parameters>(?:" + TEXT + "|[^\")])*)\\)");
    private static final Pattern PARAMETER = Pattern.compile("([\\w.]+)\\s*=\\s*\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final List<String> NAMING = List.of("name", "type", "load");
    private static final Pattern CONDITION =
            Pattern.compile("if\\s+(?<condition>(?:" + TEXT + "|[^\"{])*?)\\s+then\\s*\\{");
    private static final Pattern LINE = Pattern.compile("[^\\n]+");

    private LogStatements() {}

    /**
     * Adds what rsyslog is told: {@code if $programname != "rsyslogd"/action[omfile].dynafile = DynaFile}. Objects are told apart
     * by their name or type; names of parameters are in lower case, as rsyslog does not mind.
     *
     * @throws IllegalArgumentException if a brace is not closed, or closes none
     */
    static void addRsyslog(FileStatements statements, String text) {
        Deque<String> blocks = new ArrayDeque<>();
        Matcher gap = GAP.matcher(text);
        Matcher object = OBJECT.matcher(text);
        Matcher condition = CONDITION.matcher(text);
        Matcher line = LINE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            String path = blocks.isEmpty() ? "" : blocks.peek();
            if (begins(gap, at)) {
                at = gap.end();
            } else if (begins(condition, at)) {
                blocks.push(path + "if " + oneLine(condition.group("condition")) + "/");
                at = condition.end();
            } else if (text.charAt(at) == '}') {
                require(!blocks.isEmpty(), "a brace too many");
                blocks.pop();
                at++;
            } else if (begins(object, at)) {
                addObject(statements, path + object.group("name"), object.group("parameters"));
                at = object.end();
            } else if (begins(line, at)) {
                statements.add(path + oneLine(line.group()), FileStatements.PRESENT);
                at = line.end();
            }
        }
        require(blocks.isEmpty(), "a brace is not closed");
    }

    private static void addObject(FileStatements statements, String name, String text) {
        Map<String, String> parameters = new TreeMap<>();
        PARAMETER
                .matcher(text)
                .results()
                .forEach(found -> parameters.put(found.group(1).toLowerCase(Locale.ROOT), found.group(2)));
        String label = NAMING.stream()
                .filter(parameters::containsKey)
                .findFirst()
                .map(naming -> name + "[" + parameters.get(naming) + "]")
                .orElse(name);
        statements.add(label, FileStatements.PRESENT);
        parameters.forEach((parameter, value) -> statements.add(label + "." + parameter, value));
    }

    /**
     * Adds what logrotate is told: {@code /var/log/docker/*.log/rotate = 50}.
     *
     * @throws IllegalArgumentException if a brace is not closed, or closes none
     */
    static void addLogrotate(FileStatements statements, String text) {
        String path = "";
        for (String line : text.replace("{", "{\n").replace("}", "\n}\n").split("\n", -1)) {
            String words = oneLine(line);
            if (words.equals("}")) {
                require(!path.isEmpty(), "a brace too many");
                path = "";
            } else if (words.endsWith("{")) {
                require(path.isEmpty(), "a brace in a brace");
                path = words.substring(0, words.length() - 1).strip() + "/";
            } else if (!words.isEmpty() && !words.startsWith("#")) {
                String[] pair = words.split(" ", 2);
                statements.add(path + pair[0], pair.length < 2 ? FileStatements.PRESENT : pair[1]);
            }
        }
        require(path.isEmpty(), "a brace is not closed");
    }

    private static boolean begins(Matcher matcher, int at) {
        return matcher.region(at, matcher.regionEnd()).lookingAt();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
