package dev.harborha.audit;

import dev.harborha.model.HarborVersion;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.VersionRange;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One node of Harbor, as its files describe it, whoever wrote them: this library for either way of delivery, Harbor's own
 * {@code prepare}, or somebody by hand. Where {@code docker-compose.override.yml} stands beside what {@code prepare} wrote, it
 * wins, as it does with Docker Compose.
 */
final class HarborNode {

    /** The components whose environments are looked at: those of 2.x, then those of 0.5 that have another name. */
    static final List<String> COMPONENTS =
            List.of("core", "jobservice", "registryctl", "registry", "trivy-adapter", "exporter", "ui");

    private static final Pattern RELEASE = Pattern.compile("v?([0-9]{1,4}\\.[0-9]{1,4}\\.[0-9]{1,4})(?![0-9])");
    private static final Pattern PUBLISHED = Pattern.compile("(?:.*:)?([0-9]{1,5}):(8080|8443)(?:/tcp)?");
    private static final Pattern PATH_OF_URL = Pattern.compile("(https?://[^/?#]*)[/?#].*");

    private final Machine machine;
    private final Parsed parsed;
    private final Memo<String, Map<String, Setting>> environments = new Memo<>(this::readEnvironment);
    private final Memo<String, List<Mount>> mounts = new Memo<>(this::readMounts);

    HarborNode(Machine machine, Parsed parsed) {
        this.machine = machine;
        this.parsed = parsed;
    }

    Machine machine() {
        return machine;
    }

    /** Returns a problem of the node as a whole, at the file that says most about it. */
    Problem problem(String message) {
        RenderedFile place = placeOfEnvironment("core")
                .or(this::harborYml)
                .or(this::harborCfg)
                .or(() -> placeOfEnvironment("ui"))
                .orElseGet(() -> machine.files().get(0));
        return Fleet.at(place, message);
    }

    YamlOutline yaml(RenderedFile file) {
        return parsed.yaml(file);
    }

    Parsed.Certificate certificate(RenderedFile file) {
        return parsed.certificate(file);
    }

    NginxText.Directive nginx(RenderedFile file) {
        return parsed.nginx(file);
    }

    Optional<RenderedFile> harborYml() {
        return machine.endingWith("harbor.yml");
    }

    Optional<RenderedFile> harborCfg() {
        return machine.endingWith("harbor.cfg");
    }

    /** Returns what {@code harbor.cfg} gives to a name. */
    Optional<Setting> cfg(String name) {
        return harborCfg()
                .flatMap(
                        file -> Optional.ofNullable(parsed.env(file).get(name)).map(value -> new Setting(value, file)));
    }

    /** Returns the compose file and what overrides it. */
    List<RenderedFile> composeFiles() {
        return Stream.of("docker-compose.yml", "docker-compose.override.yml")
                .map(machine::endingWith)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Tells whether all files of a Harbor 2.x are there, so that what is not there is missing. */
    boolean isComplete() {
        return machine.endingWith("docker-compose.yml").isPresent();
    }

    /** Tells whether the node runs Harbor 2.x. */
    boolean isOf2x() {
        return harborYml().isPresent() || hasEnvironment("core");
    }

    /** Tells whether the node runs any Harbor. */
    boolean isHarbor() {
        return isOf2x() || harborCfg().isPresent() || hasEnvironment("ui");
    }

    /** Returns the folder of the compose file, without a slash at its beginning or end. */
    Optional<String> installDir() {
        return Stream.of("docker-compose.yml", "docker-compose.override.yml", "harbor.yml")
                .map(machine::endingWith)
                .flatMap(Optional::stream)
                .map(machine::placeOf)
                .map(place -> place.substring(0, Math.max(0, place.lastIndexOf('/'))))
                .findFirst();
    }

    /** Returns the folder of what Harbor keeps, without a slash at its beginning or end. */
    Optional<String> dataVolume() {
        for (String known :
                List.of("secret/keys/secretkey", "secret/core/private_key.pem", "secret/registry/root.crt")) {
            Optional<RenderedFile> file = machine.endingWith(known);
            if (file.isPresent()) {
                String place = machine.placeOf(file.get());
                return Optional.of(place.substring(0, place.length() - known.length() - 1));
            }
        }
        return mounts("core").stream()
                .filter(mount -> mount.target().equals("/data"))
                .map(Mount::source)
                .findFirst()
                .or(() -> harborYml()
                        .flatMap(file -> yaml(file).value("data_volume"))
                        .filter(path -> path.startsWith("/"))
                        .map(HarborNode::placeOf));
    }

    /** Returns the release whose prepare the {@code harbor.yml} is written for, as in {@code 2.14.0}. */
    Optional<String> release() {
        return harborYml().flatMap(file -> yaml(file).value("_version")).flatMap(HarborNode::releaseOf);
    }

    /** Returns the release that stands at the beginning of an image's tag, or in a version. */
    static Optional<String> releaseOf(String text) {
        String reference = text.contains("@") ? text.substring(0, text.indexOf('@')) : text;
        Matcher release = RELEASE.matcher(reference.substring(reference.lastIndexOf(':') + 1));
        return release.lookingAt() ? Optional.of(release.group(1)) : Optional.empty();
    }

    /** Tells whether a release is one of 2.0 to 2.7. */
    static boolean isBefore28(String release) {
        return VersionRange.before("2.8.0").contains(HarborVersion.parse(release));
    }

    /** Tells whether there is anything that tells a component its environment. */
    boolean hasEnvironment(String component) {
        return envFile(component).isPresent()
                || composeFiles().stream().anyMatch(file -> yaml(file).has("services." + component + ".environment"));
    }

    private Optional<RenderedFile> envFile(String component) {
        return machine.endingWith(component + "/env");
    }

    /** Returns what a component finds in its environment. */
    Map<String, Setting> environment(String component) {
        return environments.of(component);
    }

    private Map<String, Setting> readEnvironment(String component) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        envFile(component)
                .ifPresent(file ->
                        parsed.env(file).forEach((name, value) -> settings.put(name, new Setting(value, file))));
        for (RenderedFile file : composeFiles()) {
            YamlOutline yaml = yaml(file);
            String path = "services." + component + ".environment";
            for (String item : yaml.items(path)) {
                String assignment = yaml.value(item).orElse("");
                int equals = assignment.indexOf('=');
                if (equals > 0) {
                    settings.put(
                            assignment.substring(0, equals),
                            new Setting(assignment.substring(equals + 1).replace("$$", "$"), file));
                }
            }
            for (String name : yaml.keys(path)) {
                yaml.value(path + "." + name)
                        .ifPresent(value -> settings.put(name, new Setting(value.replace("$$", "$"), file)));
            }
        }
        return Collections.unmodifiableMap(settings);
    }

    Optional<Setting> setting(String component, String name) {
        return Optional.ofNullable(environment(component).get(name));
    }

    /** Returns the file that a component's environment mainly comes from. */
    Optional<RenderedFile> placeOfEnvironment(String component) {
        List<RenderedFile> told = composeFiles().stream()
                .filter(file -> yaml(file).has("services." + component + ".environment"))
                .toList();
        return told.isEmpty() ? envFile(component) : Optional.of(told.get(told.size() - 1));
    }

    /** Returns what the node calls itself to clients. */
    Optional<Setting> publicUrl() {
        Optional<Setting> told = setting("core", "EXT_ENDPOINT").or(() -> setting("ui", "EXT_ENDPOINT"));
        return told.isPresent()
                ? told
                : harborYml()
                        .flatMap(file -> yaml(file)
                                .value("external_url")
                                .filter(url -> !url.isEmpty())
                                .map(url -> new Setting(url, file)));
    }

    /** Reads a public URL, whatever stands behind its host. */
    static Optional<PublicUrl> parsedUrl(String text) {
        try {
            return Optional.of(PublicUrl.parse(PATH_OF_URL.matcher(text).replaceFirst("$1")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * A file or folder of the node that a container sees.
     *
     * @param source its place on the node, without a slash at its beginning or end
     * @param target where the container sees it, without a slash at its end
     * @param isFolder whether the compose file says that it is a folder, by a slash at an end
     * @param file the compose file
     */
    record Mount(String source, String target, boolean isFolder, RenderedFile file) {}

    /** Returns what a component sees of the node; an override wins where it gives something else to the same place. */
    List<Mount> mounts(String component) {
        return mounts.of(component);
    }

    private List<Mount> readMounts(String component) {
        List<Mount> mounts = new ArrayList<>();
        for (RenderedFile file : composeFiles()) {
            YamlOutline yaml = yaml(file);
            for (String item : yaml.items("services." + component + ".volumes")) {
                Optional<String> shortForm = yaml.value(item);
                String[] parts = shortForm.orElse("").split(":", 3);
                String source = shortForm.isPresent()
                        ? parts[0]
                        : yaml.value(item + ".source").orElse("");
                String target = shortForm.isEmpty()
                        ? yaml.value(item + ".target").orElse("")
                        : parts.length > 1 ? parts[1] : "";
                if ((source.startsWith("/") || source.startsWith(".")) && isLiteral(source)) {
                    String place = withoutSlash(target);
                    mounts.removeIf(mount -> mount.target().equals(place));
                    mounts.add(new Mount(resolved(source), place, source.endsWith("/") || target.endsWith("/"), file));
                }
            }
        }
        return List.copyOf(mounts);
    }

    /** Tells whether a path of a compose file means itself: it has no variable in it, which Compose would put in. */
    static boolean isLiteral(String path) {
        return path.indexOf('$') < 0;
    }

    /** Returns the place on the node that a path in a compose file means. */
    String resolved(String source) {
        String whole = source.startsWith("/") ? source : installDir().orElse("") + "/" + source;
        Deque<String> parts = new ArrayDeque<>();
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static String placeOf(String path) {
        return withoutSlash(path).substring(1);
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Returns the file that a component sees at a path. */
    Optional<RenderedFile> seen(String component, String path) {
        Optional<RenderedFile> itself = Optional.empty();
        Optional<RenderedFile> inFolder = Optional.empty();
        for (Mount mount : mounts(component)) {
            if (mount.target().equals(path)) {
                itself = machine.at(mount.source());
            } else if (path.startsWith(mount.target() + "/")) {
                inFolder = machine.at(
                        mount.source() + path.substring(mount.target().length()));
            }
        }
        return itself.isPresent() ? itself : inFolder;
    }

    private Optional<RenderedFile> seenOr(String component, String path, String... ends) {
        Optional<RenderedFile> found = seen(component, path);
        for (String end : ends) {
            found = found.isPresent() ? found : machine.endingWith(end);
        }
        return found;
    }

    Optional<RenderedFile> tokenKey() {
        return seenOr("core", "/etc/core/private_key.pem", "core/private_key.pem", "ui/private_key.pem");
    }

    Optional<RenderedFile> tokenCertificate() {
        return seenOr("registry", "/etc/registry/root.crt", "registry/root.crt");
    }

    Optional<RenderedFile> secretKey() {
        return seenOr("core", "/etc/core/key", "secretkey");
    }

    Optional<RenderedFile> registryConfig() {
        return seenOr("registry", "/etc/registry/config.yml", "registry/config.yml");
    }

    Optional<RenderedFile> registryPasswords() {
        return seenOr("registry", "/etc/registry/passwd", "registry/passwd");
    }

    Optional<RenderedFile> jobserviceConfig() {
        return seenOr("jobservice", "/etc/jobservice/config.yml", "jobservice/config.yml");
    }

    /** Returns the configuration of the nginx that is part of Harbor. */
    Optional<RenderedFile> proxyConfig() {
        return seenOr(
                "proxy",
                "/etc/nginx/nginx.conf",
                "config/nginx/nginx.conf",
                "harbor-ha/nginx/nginx.conf",
                "nginx/nginx.http.conf",
                "nginx/nginx.https.conf");
    }

    /** Returns the certificate that the node shows where it speaks https itself. */
    Optional<RenderedFile> serverCertificate() {
        return seenOr("proxy", "/etc/cert/server.crt", "secret/cert/server.crt", "tls/server.crt");
    }

    Optional<RenderedFile> serverKey() {
        return seenOr("proxy", "/etc/cert/server.key", "secret/cert/server.key", "tls/server.key");
    }

    /**
     * A port of the node behind which its proxy listens.
     *
     * @param number the port
     * @param tls whether it speaks https there
     */
    record Port(int number, boolean tls) {}

    /** Returns the ports for clients; none where the files do not say them. */
    List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        for (RenderedFile file : composeFiles()) {
            YamlOutline yaml = yaml(file);
            for (String item : yaml.items("services.proxy.ports")) {
                String published = yaml.value(item)
                        .orElseGet(() -> yaml.value(item + ".published").orElse("") + ":"
                                + yaml.value(item + ".target").orElse(""));
                Matcher port = PUBLISHED.matcher(published);
                if (port.matches()) {
                    ports.add(new Port(
                            Integer.parseInt(port.group(1)), port.group(2).equals("8443")));
                }
            }
        }
        if (ports.isEmpty()) {
            harborYml().ifPresent(file -> {
                YamlOutline yaml = yaml(file);
                boolean https = yaml.has("https");
                number(yaml.value("http.port").orElse("80")).ifPresent(port -> ports.add(new Port(port, false)));
                if (https) {
                    number(yaml.value("https.port").orElse("443")).ifPresent(port -> ports.add(new Port(port, true)));
                }
            });
        }
        return ports;
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
