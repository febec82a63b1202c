package dev.harborha.prepare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the containers of a node see, whichever of its files it comes from: {@code docker-compose.yml} with
 * {@code docker-compose.override.yml} over it, if there is one, by the rules of compose.
 *
 * @param settings what the compose files say of each service, without its variables and without mounts of files that are known
 * @param environments the variables of each service
 * @param files the text of each file that is mounted, by service and path in the container: {@code core/etc/core/key}
 */
public record Containers(
        SortedMap<String, String> settings,
        SortedMap<String, Map<String, String>> environments,
        SortedMap<String, String> files) {

    private static final String BASE = "docker-compose.yml";
    private static final String OVERRIDE = "docker-compose.override.yml";
    private static final Pattern ENTRY = Pattern.compile("(.*: services\\.[^.]+\\.(?:volumes|ports)\\[.*])(?:\\..*)?");
    private static final Pattern VOLUME = Pattern.compile(".*: services\\.([^.]+)\\.volumes\\[([^]]*)]");
    private static final Pattern ENV_FILE = Pattern.compile(".*: services\\.([^.]+)\\.env_file\\[(.*)]");
    private static final Pattern VARIABLE = Pattern.compile(".*: services\\.([^.]+)\\.environment\\.\"?([^\"]+)\"?");
    private static final Pattern DOLLAR = Pattern.compile("\\$(\\$?)");

    /** Makes the maps unmodifiable. */
    public Containers {
        settings = Collections.unmodifiableSortedMap(settings);
        environments = Collections.unmodifiableSortedMap(environments);
        files = Collections.unmodifiableSortedMap(files);
    }

    /**
     * Looks at a node.
     *
     * @param machine the texts of the node's files, by absolute path
     * @param folder the folder of the compose files
     * @param envReader who reads the env files that the compose files name
     * @throws IllegalArgumentException if compose would refuse a file
     */
    public static Containers of(Map<String, String> machine, String folder, EnvReader envReader) {
        SortedMap<String, String> settings = merged(machine, folder);
        SortedMap<String, Map<String, String>> environments = new TreeMap<>();
        // What the compose files say themselves wins over what is in env files.
        for (Named file : taken(settings, ENV_FILE)) {
            String path = absolute(file.name(), folder);
            if (!machine.containsKey(path)) {
                throw new IllegalArgumentException("There is no env file " + path + ".");
            }
            of(environments, file.service()).putAll(envReader.read(machine.get(path)));
        }
        for (Named variable : taken(settings, VARIABLE)) {
            of(environments, variable.service()).put(variable.name(), variable.value());
        }
        return new Containers(settings, environments, mounted(settings, machine, folder));
    }

    /** Returns everything as statements, which can be compared. */
    public SortedMap<String, String> statements() {
        SortedMap<String, String> statements = Statements.ignoring().of(files, EnvReader.RAW);
        statements.putAll(settings);
        environments.forEach((service, variables) -> variables.forEach(
                (name, value) -> statements.put(service + " environment: " + name, Statements.variable(name, value))));
        return statements;
    }

    /** Entries of the override replace those of the same name: volumes with the same path in the container among them. */
    private static SortedMap<String, String> merged(Map<String, String> machine, String folder) {
        SortedMap<String, String> merged = compose(machine, folder, BASE);
        if (machine.containsKey(folder + "/" + OVERRIDE)) {
            SortedMap<String, String> over = compose(machine, folder, OVERRIDE);
            merged.keySet().removeIf(statement -> isReplaced(statement, over.keySet()));
            merged.putAll(over);
        }
        merged.replaceAll((statement, value) -> interpolated(value));
        return merged;
    }

    private static boolean isReplaced(String statement, Set<String> override) {
        Matcher entry = ENTRY.matcher(statement);
        return entry.matches() && override.contains(entry.group(1));
    }

    private static SortedMap<String, String> compose(Map<String, String> machine, String folder, String name) {
        SortedMap<String, String> statements = new TreeMap<>();
        ComposeStatements.add(
                new FileStatements(BASE, statements), YamlStatements.read(machine.get(folder + "/" + name)));
        return statements;
    }

    private static String interpolated(String value) {
        return DOLLAR.matcher(value).replaceAll(dollar -> {
            if (dollar.group(1).isEmpty()) {
                throw new IllegalArgumentException("compose would look for a variable: " + value);
            }
            return "\\$";
        });
    }

    /** A statement about something of a service that has a name. */
    private record Named(String service, String name, String value) {}

    /** Takes statements away, and returns them. */
    private static List<Named> taken(SortedMap<String, String> statements, Pattern pattern) {
        List<Named> taken = new ArrayList<>();
        statements.entrySet().removeIf(entry -> {
            Matcher statement = pattern.matcher(entry.getKey());
            return statement.matches()
                    && taken.add(new Named(statement.group(1), statement.group(2), entry.getValue()));
        });
        return taken;
    }

    private static Map<String, String> of(Map<String, Map<String, String>> environments, String service) {
        return environments.computeIfAbsent(service, name -> new LinkedHashMap<>());
    }

    private static String absolute(String path, String folder) {
        return path.startsWith("./") ? folder + path.substring(1) : path;
    }

    /** Returns the files that are mounted, what is mounted deeper over the rest; of the mounts, those of other files stay. */
    private static SortedMap<String, String> mounted(
            SortedMap<String, String> settings, Map<String, String> machine, String folder) {
        SortedMap<String, String> files = new TreeMap<>();
        List<Named> volumes = taken(settings, VOLUME);
        volumes.sort(Comparator.comparing(Named::name));
        for (Named volume : volumes) {
            String source = absolute(volume.value().split(" -> ", 2)[0], folder);
            String target = volume.service() + volume.name();
            files.keySet().removeIf(path -> isBelow(path, target));
            machine.forEach((path, text) -> {
                if (isBelow(path, source)) {
                    files.put(target + path.substring(source.length()), text);
                }
            });
            if (!isBelow(source, folder) && machine.keySet().stream().noneMatch(path -> isBelow(path, source))) {
                settings.put(volume.service() + " mount: " + volume.name(), source);
            }
        }
        return files;
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
