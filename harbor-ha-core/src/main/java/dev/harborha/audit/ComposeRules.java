package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.audit.Cure.RENDER_TOGETHER;
import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;

import dev.harborha.model.Host;
import dev.harborha.model.Subnet;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules on the compose file of each node. */
final class ComposeRules {

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![0-9A-Za-z.:])(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:]{3,}\\])(?![0-9A-Za-z.]|/[0-9])");

    private static final Pattern FILE =
            Pattern.compile(".*(\\.(conf|crt|json|key|pem|yaml|yml)|/secretkey|/passwd|/env)");

    static final List<BundleRule> ALL = List.of(
            FleetRule.across(
                    RuleInfo.of(
                            "bundle.images-differ",
                            ERROR,
                            rule -> rule.title("Nodes run different images")
                                    .why(
                                            "The newest release changes the database; the older ones then stop, since they do not know its"
                                                    + " version.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms("no migration found for version …")
                                    .sources(HARBOR + "blob/v2.14.0/src/migration/migration.go")),
                    HarborNode::isComplete,
                    ComposeRules::images),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.images-mixed",
                            NOTE,
                            rule -> rule.title("Containers of one node are of different releases")
                                    .why(
                                            "Harbor's images are made for each other; a core and a job service of two releases may misread what"
                                                    + " the other one writes. An image of one's own may carry any tag.")
                                    .fix(
                                            "Leave the images to .harbor(…) and .deployment(d -> d.imageRepository(…)), and .image(…) for the one that"
                                                    + " must differ.")
                                    .sources(HARBOR + "blob/v2.14.0/make/photon/prepare/utils/docker_compose.py")),
                    ComposeRules::mixedImages),
            FleetRule.each(
                    RuleInfo.of(
                            "bundle.mount-missing",
                            ERROR,
                            rule -> rule.title("A file that a container is given is not there")
                                    .why(
                                            "Docker makes a folder where a file to be mounted is missing, and the container does not start; without"
                                                    + " its env file the whole composition is refused.")
                                    .fix(RENDER_TOGETHER)
                                    .symptoms(
                                            "not a directory: unknown: Are you trying to mount a directory onto a file",
                                            "bind source path does not exist",
                                            "env file … not found")
                                    .sources("https://docs.docker.com/engine/storage/bind-mounts/")),
                    ComposeRules::missingMounts),
            FleetRule.of(
                    RuleInfo.of(
                            "bundle.subnet-clash",
                            ERROR,
                            rule -> rule.title("The containers' network holds an address outside of it")
                                    .why(
                                            "What has an address in the subnet of a node's containers is looked for among them: that node alone does"
                                                    + " not reach the database, Redis, the blob store or another machine.")
                                    .fix(
                                            "Choose another range in .deployment(d -> d.subnet(…)), and render all nodes again.")
                                    .symptoms("connect: no route to host", "i/o timeout")
                                    .sources(HARBOR + "issues/20866", HARBOR + "issues/2634")),
                    ComposeRules::subnets));

    private ComposeRules() {}

    private static Map<String, String> images(HarborNode node) {
        Map<String, String> images = new TreeMap<>();
        for (RenderedFile file : node.composeFiles()) {
            YamlOutline yaml = node.yaml(file);
            for (String service : yaml.keys("services")) {
                yaml.value("services." + service + ".image").ifPresent(image -> images.put(service, image));
            }
        }
        return images;
    }

    private static List<Problem> images(HarborNode first, HarborNode node) {
        Map<String, String> there = images(first);
        Map<String, String> here = images(node);
        Set<String> differing = new TreeSet<>();
        here.forEach((service, image) -> {
            if (there.containsKey(service) && !image.equals(there.get(service))) {
                differing.add(service);
            }
        });
        return differing.isEmpty()
                ? List.of()
                : List.of(Fleet.at(
                        node.composeFiles().get(0),
                        "The images of " + SafeText.of(differing, ", ") + " differ from those in "
                                + first.composeFiles().get(0).path() + "."));
    }

    private static List<Problem> mixedImages(HarborNode node) {
        Map<String, Set<String>> services = new TreeMap<>();
        images(node)
                .forEach((service, image) -> HarborNode.releaseOf(image)
                        .ifPresent(release -> services.computeIfAbsent(release, any -> new TreeSet<>())
                                .add(service)));
        return services.size() < 2
                ? List.of()
                : List.of(Fleet.at(
                        node.composeFiles().get(0),
                        "There are images of " + String.join(" and ", services.keySet()) + "."));
    }

    private static List<Problem> missingMounts(HarborNode node) {
        List<Problem> problems = new ArrayList<>();
        Optional<String> install = node.installDir();
        Optional<String> secrets = node.dataVolume().map(data -> data + "/secret");
        for (RenderedFile compose : node.composeFiles()) {
            YamlOutline yaml = node.yaml(compose);
            Set<String> wanted = new TreeSet<>();
            for (String service : yaml.keys("services")) {
                node.mounts(service).stream()
                        .filter(mount -> mount.file().equals(compose) && isFile(mount))
                        .map(HarborNode.Mount::source)
                        .forEach(wanted::add);
                String files = "services." + service + ".env_file";
                yaml.value(files).filter(HarborNode::isLiteral).ifPresent(file -> wanted.add(node.resolved(file)));
                yaml.items(files).stream()
                        .filter(item ->
                                !yaml.value(item + ".required").orElse("").equals("false"))
                        .forEach(item -> yaml.value(item)
                                .or(() -> yaml.value(item + ".path"))
                                .filter(HarborNode::isLiteral)
                                .ifPresent(file -> wanted.add(node.resolved(file))));
            }
            wanted.stream()
                    .filter(place -> isIn(place, install) || isIn(place, secrets))
                    .filter(place -> node.machine().at(place).isEmpty()
                            && node.machine().in(place).isEmpty())
                    .forEach(place -> problems.add(Fleet.at(
                            compose,
                            "A container is given " + SafeText.of("/" + place, "a file")
                                    + ", which is not among the files of this node.")));
        }
        return problems;
    }

    private static boolean isIn(String place, Optional<String> folder) {
        return folder.filter(path -> place.startsWith(path + "/")).isPresent();
    }

    /** Folders are made when they are missing, by the installer or by Docker; only what is surely a file can be missing. */
    private static boolean isFile(HarborNode.Mount mount) {
        return !mount.isFolder() && FILE.matcher(mount.source()).matches();
    }

    private static List<Problem> subnets(Fleet fleet) {
        Set<String> ofBalancers = new TreeSet<>();
        fleet.publicUrl()
                .ifPresent(url -> fleet.balancers().stream()
                        .flatMap(balancer -> balancer.targets(url).keySet().stream())
                        .filter(server -> server.host().isAddress())
                        .forEach(server -> ofBalancers.add(server.host().text())));
        return fleet.each(node -> {
            List<Problem> problems = new ArrayList<>();
            for (RenderedFile file : node.composeFiles()) {
                for (Subnet subnet : subnets(node.yaml(file))) {
                    Set<String> addresses = new TreeSet<>(ofBalancers);
                    addresses.addAll(addresses(node));
                    addresses.stream()
                            .filter(address -> subnet.contains(new Host(address)))
                            .forEach(address -> problems.add(
                                    Fleet.at(file, "The containers' network " + subnet + " holds " + address + ".")));
                }
            }
            return problems;
        });
    }

    private static List<Subnet> subnets(YamlOutline compose) {
        List<Subnet> subnets = new ArrayList<>();
        for (String network : compose.keys("networks")) {
            for (String item : compose.items("networks." + network + ".ipam.config")) {
                compose.value(item + ".subnet").ifPresent(subnet -> {
                    try {
                        subnets.add(Subnet.parse(subnet));
                    } catch (IllegalArgumentException e) {
                        // Docker says what is wrong with it
                    }
                });
            }
        }
        return subnets;
    }

    /** Returns the addresses of other machines that components are told. */
    private static Set<String> addresses(HarborNode node) {
        Set<String> addresses = new TreeSet<>();
        for (String component : HarborNode.COMPONENTS) {
            node.environment(component).forEach((name, setting) -> {
                if (!name.contains("PROXY")) {
                    collect(setting.value(), addresses);
                }
            });
        }
        for (Optional<RenderedFile> file : List.of(node.jobserviceConfig(), node.registryConfig(), node.harborYml())) {
            file.ifPresent(yaml -> node.yaml(yaml).all().forEach((path, value) -> {
                if (!path.toUpperCase(Locale.ROOT).contains("PROXY")) {
                    collect(value, addresses);
                }
            }));
        }
        SharedRules.statements(SharedRules.logConfig(node)).forEach(line -> collect(line, addresses));
        return addresses;
    }

    private static void collect(String text, Set<String> addresses) {
        Matcher found = ADDRESS.matcher(text);
        while (found.find()) {
            try {
                Host host = new Host(found.group());
                if (host.isAddress() && !host.isLoopback() && !host.isUnspecified()) {
                    addresses.add(host.text());
                }
            } catch (IllegalArgumentException e) {
                // four numbers that are no address
            }
        }
    }
}
