package dev.harborha.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a set of files says, without how it is written: a sorted map from statements to values, in which two sets can be compared.
 * A statement is the file and a name in it, {@code common/config/core/env: LOG_LEVEL}. Each kind of file has its reader; of a
 * file of no known kind the whole text is one statement, {@code content}.
 *
 * @param ignored names or whole statements whose values do not matter; they become {@value #IGNORED}, so that it still shows
 *     whether they are there
 */
public record Statements(Set<String> ignored) {

    /** The value of a statement whose value does not matter. */
    public static final String IGNORED = "(ignored)";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern SECTION = Pattern.compile("\\[([^]]*)]");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$.{53}");

    /** Copies the set. */
    public Statements {
        ignored = Set.copyOf(ignored);
    }

    /** Returns a reader that does not look at some values, such as the secrets that {@code prepare} draws. */
    public static Statements ignoring(String... names) {
        return new Statements(Set.of(names));
    }

    /**
     * Reads files.
     *
     * @param files the texts, by path
     * @param envReader who reads the env files: those of {@code prepare} mean what they say, ours are quoted for compose
     * @throws IllegalArgumentException if a file's own reader would refuse it; the message names the file
     * @throws org.opentest4j.TestAbortedException if there is YAML among them and no PyYAML
     */
    public SortedMap<String, String> of(Map<String, String> files, EnvReader envReader) {
        SortedMap<String, String> statements = new TreeMap<>();
        files.forEach((path, text) -> {
            try {
                read(new FileStatements(path, statements), path, text, envReader);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
            }
        });
        statements.replaceAll((statement, value) -> isIgnored(statement) ? IGNORED : value);
        return statements;
    }

    private boolean isIgnored(String statement) {
        return ignored.contains(statement) || ignored.contains(statement.substring(statement.indexOf(": ") + 2));
    }

    private static void read(FileStatements statements, String path, String text, EnvReader envReader) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.equals("env") || name.endsWith("_env")) {
            envReader.read(text).forEach((key, value) -> statements.add(key, variable(key, value)));
        } else if (name.equals("docker-compose.yml")) {
            ComposeStatements.add(statements, YamlStatements.read(text));
        } else if (name.matches(".*\\.(?:ya?ml|json)")) {
            YamlStatements.add(statements, "", YamlStatements.read(text));
        } else if (name.equals("nginx.conf") || path.contains("/nginx/conf.d/")) {
            NginxStatements.add(statements, text);
        } else if (name.equals("app.conf")) {
            addIni(statements, text);
        } else if (name.equals("rsyslog_docker.conf")) {
            LogStatements.addRsyslog(statements, text);
        } else if (name.equals("logrotate.conf")) {
            LogStatements.addLogrotate(statements, text);
        } else if (name.equals("passwd")) {
            addPasswords(statements, text);
        } else {
            statements.add("content", text);
        }
    }

    /** Returns a variable's value; a list of hosts in an order of its own, and JSON as one writes it. */
    static String variable(String name, String value) {
        if (name.toUpperCase(Locale.ROOT).equals("NO_PROXY")) {
            return String.join(",", new TreeSet<>(List.of(value.split(","))));
        }
        if (value.matches("(?s)\\s*[{\\[].*") && !name.contains("PASSWORD")) {
            try {
                return JSON.writeValueAsString(JSON.readValue(value, Object.class));
            } catch (JsonProcessingException e) {
                return value;
            }
        }
        return value;
    }

    /** Adds the lines {@code key = value} of a file with sections, as beego reads it. */
    private static void addIni(FileStatements statements, String text) {
        String section = "";
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher header = SECTION.matcher(line);
            if (header.matches()) {
                section = header.group(1).strip() + ".";
            } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
                String[] pair = line.split("=", 2);
                if (pair.length < 2) {
                    throw new IllegalArgumentException("neither a section nor a setting: " + line);
                }
                String value = pair[1].strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                statements.add(
                        section + pair[0].strip().toLowerCase(Locale.ROOT),
                        quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
    }

    /** Adds the users of an htpasswd file; of a bcrypt hash, which has salt in it, only the cost. */
    private static void addPasswords(FileStatements statements, String text) {
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            String[] pair = line.split(":", 2);
            String hash = pair.length < 2 ? "" : pair[1].strip();
            Matcher bcrypt = BCRYPT.matcher(hash);
            statements.add(pair[0], bcrypt.matches() ? "bcrypt, cost " + Integer.parseInt(bcrypt.group(1)) : hash);
        }
    }
}
