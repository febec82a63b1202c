package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules on which files there are, who may read them, and whose they are. */
final class FileRules {

    /** The user that Harbor's containers run as. */
    private static final Owner HARBOR_USER = new Owner(10_000, 10_000);

    /** What containers read as that user, and not the one who runs the compose command. */
    private static final Pattern READ_BY_CONTAINERS = Pattern.compile(
            "(.*/)?(common/config/(core/app\\.conf|jobservice/config\\.yml|registry/(config\\.yml|passwd)"
                    + "|registryctl/config\\.yml|nginx/.*|portal/nginx\\.conf|shared/.*)"
                    + "|secret/(keys/secretkey|core/private_key\\.pem|registry/root\\.crt|cert/server\\.(crt|key)|tls/[^/]*\\.(crt|key))"
                    + "|harbor-ha/(jobservice/config\\.yml|registry/(config\\.yml|passwd)|nginx/nginx\\.conf|portal/nginx\\.conf))");

    /** The files in which secrets stand. */
    private static final Pattern WITH_SECRETS = Pattern.compile(
            "(.*/)?(secretkey|harbor\\.yml|harbor\\.cfg|docker-compose\\.override\\.yml"
                    + "|(core|ui|jobservice|registryctl|exporter|trivy-adapter|db)/env|(registry|jobservice)/config\\.yml)");

    /** What an installation is made of; beside it lie logs, copies and whatever an operator keeps there. */
    private static final Pattern OF_HARBOR =
            Pattern.compile("(installation ((common|harbor-ha)/.*|docker-compose(\\.override)?\\.yml|harbor\\.yml)"
                    + "|data volume secret/.*|make/(common/templates/.*|harbor\\.cfg)|data/secretkey"
                    + "|etc/systemd/system/.*|etc/chrony/.*)");

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)(^|.*[._])(password|pwd|[a-z]*secret|secretkey|accountkey|csrf_key|secret_key|[a-z_]*password)");

    static final List<BundleRule> ALL = List.of(
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.file-missing",
                            WARNING,
                            rule -> rule.title("A node lacks a file that the other nodes have")
                                    .why(
                                            "The nodes of a cluster do the same with the same files. One that lacks some was installed by halves, or by"
                                                    + " another description.")
                                    .fix(RENDER_TOGETHER)
                                    .sources(HARBOR + "blob/v2.14.0/make/photon/prepare/commands/prepare.py")),
                    FileRules::missing),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.private-key-readable",
                            ERROR,
                            rule -> rule.title("A private key would be readable by every user of the machine")
                                    .why("Whoever holds the token key can grant himself any right in the registry.")
                                    .fix("Return it as RenderedFile.secret(path, content).")
                                    .sources("https://owasp.org/www-community/vulnerabilities/Insecure_Permissions")),
                    FileRules::readableKeys),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.secret-readable",
                            WARNING,
                            rule -> rule.title("Secrets would be readable by every user of the machine")
                                    .why(
                                            "Passwords of the database, of Redis and of the blob store stand there in clear, and with JOBSERVICE_SECRET"
                                                    + " anybody acts as Harbor itself.")
                                    .fix(
                                            "Return it as RenderedFile.secret(path, content), which gives it the mode 0600.")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/utils/jinja.py",
                                            "https://owasp.org/www-community/vulnerabilities/Insecure_Permissions")),
                    FileRules::readable),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.unreadable-in-container",
                            ERROR,
                            rule -> rule.title("A container may not read a file that it is given")
                                    .why(
                                            "Harbor's containers run as user 10000. A file that only its owner may read must be that user's, or the"
                                                    + " container does not start, or answers 500.")
                                    .fix(
                                            "Give the file the owner 10000:10000, or the mode 0644 where it holds no secret.")
                                    .symptoms("open /etc/core/private_key.pem: permission denied", "permission denied")
                                    .sources(
                                            HARBOR + "blob/v2.14.0/make/photon/prepare/g.py", HARBOR + "issues/13502")),
                    FileRules::unreadable),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.not-executable",
                            WARNING,
                            rule -> rule.title("A program would not be executable")
                                    .why(
                                            "install.sh does not run, or the boot unit cannot start what it names: after a reboot Harbor stays down on"
                                                    + " that node.")
                                    .fix("Give the file the mode 0755: Mode.EXECUTABLE in a RenderedFile.")
                                    .symptoms("code=exited, status=203/EXEC", "Permission denied")
                                    .sources(
                                            "https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html")),
                    FileRules::notExecutable));

    private FileRules() {}

    /** Returns the files of Harbor's by their places, wherever it was installed on the node. */
    private static Map<String, RenderedFile> byPlace(HarborNode node) {
        Optional<String> install = node.installDir();
        Optional<String> data = node.dataVolume();
        Map<String, RenderedFile> files = new TreeMap<>();
        for (RenderedFile file : node.machine().files()) {
            String place = node.machine().placeOf(file);
            if (install.isPresent() && place.startsWith(install.get() + "/")) {
                place = "installation " + place.substring(install.get().length() + 1);
            } else if (data.isPresent() && place.startsWith(data.get() + "/")) {
                place = "data volume " + place.substring(data.get().length() + 1);
            }
            if (OF_HARBOR.matcher(place).matches()) {
                files.put(place, file);
            }
        }
        return files;
    }

    private static List<Problem> readableKeys(Fleet fleet) {
        List<Problem> problems = new ArrayList<>(readableKeys(fleet.elsewhere()));
        fleet.balancers()
                .forEach(balancer ->
                        problems.addAll(readableKeys(balancer.machine().files())));
        problems.addAll(fleet.each(node -> readableKeys(node.machine().files())));
        return problems;
    }

    private static List<Problem> readableKeys(List<RenderedFile> files) {
        return files.stream()
                .filter(file -> !file.secret() && file.content().contains("PRIVATE KEY-----"))
                .map(file -> Fleet.at(file, "The file holds a private key and is not marked as secret."))
                .toList();
    }

    /** A file of Harbor's counts as one of the cluster's when at least half of the nodes have it. */
    private static List<Problem> missing(Fleet fleet) {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, RenderedFile> samples = new TreeMap<>();
        for (Fleet.Alike group : fleet.alike()) {
            if (group.first().isHarbor()) {
                byPlace(group.first()).forEach((place, file) -> {
                    samples.putIfAbsent(place, file);
                    counts.merge(place, group.size(), Integer::sum);
                });
            }
        }
        int nodes = fleet.harbors();
        samples.keySet().removeIf(place -> {
            int count = counts.getOrDefault(place, 0);
            return count == nodes || 2 * count < nodes;
        });
        return samples.isEmpty() ? List.of() : fleet.each(node -> lacking(node, samples));
    }

    private static List<Problem> lacking(HarborNode node, Map<String, RenderedFile> samples) {
        if (!node.isHarbor()) {
            return List.of();
        }
        Set<String> here = byPlace(node).keySet();
        List<Problem> problems = new ArrayList<>();
        samples.forEach((place, sample) -> {
            if (!here.contains(place)) {
                problems.add(node.problem("This node lacks what is " + sample.path() + " elsewhere."));
            }
        });
        return problems;
    }

    private static List<Problem> readable(HarborNode node) {
        return node.machine().files().stream()
                .filter(file -> file.mode() != Mode.PRIVATE
                        && WITH_SECRETS.matcher(node.machine().placeOf(file)).matches()
                        && holdsSecret(node, file))
                .map(file -> Fleet.at(
                        file,
                        "The file holds secrets, and its mode is " + file.mode().octal() + "."))
                .toList();
    }

    private static boolean holdsSecret(HarborNode node, RenderedFile file) {
        if (file.path().endsWith("secretkey")) {
            return true;
        }
        Map<String, String> values =
                file.path().endsWith(".yml") ? node.yaml(file).all() : EnvText.read(file.content());
        return values.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().isEmpty()
                        && !entry.getValue().startsWith("$")
                        && SECRET_NAME.matcher(entry.getKey()).matches());
    }

    private static List<Problem> unreadable(HarborNode node) {
        if (!node.isOf2x()) {
            return List.of();
        }
        return node.machine().files().stream()
                .filter(file -> file.mode() == Mode.PRIVATE
                        && !file.owner().equals(HARBOR_USER)
                        && READ_BY_CONTAINERS
                                .matcher(node.machine().placeOf(file))
                                .matches())
                .map(file -> Fleet.at(
                        file,
                        "Only the owner may read the file, which is " + file.owner() + "; the container runs as "
                                + HARBOR_USER + "."))
                .toList();
    }

    private static List<Problem> notExecutable(HarborNode node) {
        return node.machine().files().stream()
                .filter(file -> file.mode() != Mode.EXECUTABLE && file.content().startsWith("#!"))
                .map(file -> Fleet.at(
                        file,
                        "The file is a program, and its mode is " + file.mode().octal() + "."))
                .toList();
    }
}
