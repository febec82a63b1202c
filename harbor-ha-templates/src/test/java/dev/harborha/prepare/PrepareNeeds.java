package dev.harborha.prepare;

import dev.harborha.templates.rendering.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The programs and Python modules without which {@code prepare} cannot run here, and the Debian packages that have them. */
final class PrepareNeeds {

    /** Its own paths are written into the script, so nothing else on the search path will do. */
    static final Path PYTHON = Path.of("/usr/bin/python3");

    private static final List<String> PROGRAMS = List.of("git", "tar", "unshare", "mount", "chroot");
    private static final Map<String, String> OWN_PATHS =
            Map.of(PYTHON.toString(), "python3", "/usr/bin/htpasswd", "apache2-utils", "/usr/bin/openssl", "openssl");
    private static final Map<String, String> MODULES = Map.of(
            "yaml", "python3-yaml",
            "jinja2", "python3-jinja2",
            "click", "python3-click",
            "packaging", "python3-packaging",
            "distutils", "python3-distutils");

    private static final String FIND_MODULES = """
            import importlib.util, sys
            print("\\n".join(m for m in sys.argv[1:] if importlib.util.find_spec(m) is None))
            """;

    private PrepareNeeds() {}

    /** Returns what is missing, by name and package; empty if prepare can run. */
    static List<String> missing() {
        return missing(PROGRAMS, OWN_PATHS, MODULES);
    }

    static List<String> missing(List<String> programs, Map<String, String> ownPaths, Map<String, String> modules) {
        List<String> missing = new ArrayList<>();
        programs.stream().filter(program -> Program.find(program).isEmpty()).forEach(missing::add);
        new TreeMap<>(ownPaths).forEach((path, debian) -> {
            if (!Files.isExecutable(Path.of(path))) {
                missing.add(path + " (Debian: " + debian + ")");
            }
        });
        if (Files.isExecutable(PYTHON) && !modules.isEmpty()) {
            missingModules(modules.keySet())
                    .forEach(module -> missing.add(
                            "Python module " + module + " in " + PYTHON + " (Debian: " + modules.get(module) + ")"));
        }
        return missing;
    }

    private static List<String> missingModules(Set<String> modules) {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-c", FIND_MODULES));
        modules.stream().sorted().forEach(command::add);
        return Program.run(Path.of(""), Map.of(), command)
                .succeeded()
                .output()
                .lines()
                .filter(module -> !module.isEmpty())
                .toList();
    }
}
