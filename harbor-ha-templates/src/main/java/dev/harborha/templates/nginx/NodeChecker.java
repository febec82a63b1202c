package dev.harborha.templates.nginx;

import dev.harborha.model.Cluster;
import dev.harborha.model.HealthCheck;
import dev.harborha.model.HealthProbe;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.PublicUrl;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.balancer.HealthPaths;
import dev.harborha.templates.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What asks the nodes how they do, since nginx does not by itself: a script without any rights that finds out which nodes are
 * lost, one as root that marks them in {@link UpstreamConfig} and knows no more than their names, and the units that run both.
 */
final class NodeChecker {

    private static final String LIBRARY = "usr/local/lib/harbor-lb/";
    private static final String UNITS = "etc/systemd/system/";

    /** Where the robot's password lies for systemd, which hands it to the script. */
    private static final String CREDENTIAL = "/etc/harbor-lb/canary.curlrc";

    private NodeChecker() {}

    /** Returns the files, under the paths that they have on the machine, without a slash at the beginning. */
    static List<RenderedFile> files(Cluster cluster, LoadBalancer balancer) {
        HealthProbe probe = balancer.healthCheck().probeFor(cluster.harbor());
        Map<String, String> url = Map.of("publicUrl", cluster.publicUrl().toString());
        List<RenderedFile> files = new ArrayList<>(List.of(
                executable("check-nodes", script(cluster, balancer.healthCheck(), probe)),
                executable("apply-nodes", resource("apply-nodes.sh.txt", Map.of())),
                RenderedFile.open(
                        UNITS + "harbor-lb-check.service",
                        resource(
                                "harbor-lb-check.service.txt",
                                Map.of(
                                        "publicUrl",
                                        cluster.publicUrl().toString(),
                                        "credential",
                                        probe instanceof HealthProbe.Canary
                                                ? "LoadCredential=canary:" + CREDENTIAL + "\n"
                                                : ""))),
                RenderedFile.open(UNITS + "harbor-lb-apply.path", resource("harbor-lb-apply.path.txt", url)),
                RenderedFile.open(UNITS + "harbor-lb-apply.service", resource("harbor-lb-apply.service.txt", url))));
        if (probe instanceof HealthProbe.Canary canary) {
            files.add(RenderedFile.secret(
                    CREDENTIAL.substring(1),
                    "user = \""
                            + curlText(
                                    canary.username() + ":" + canary.password().reveal()) + "\"\n"));
        }
        return files;
    }

    private static RenderedFile executable(String name, String text) {
        return new RenderedFile(LIBRARY + name, text, Mode.EXECUTABLE, Owner.ROOT, false);
    }

    private static String resource(String name, Map<String, String> values) {
        return TextTemplate.resource(NodeChecker.class, name).fill(values);
    }

    private static String script(Cluster cluster, HealthCheck check, HealthProbe probe) {
        PublicUrl url = cluster.publicUrl();
        return resource(
                "check-nodes.sh.txt",
                Map.ofEntries(
                        Map.entry("publicUrl", url.toString()),
                        Map.entry("authority", url.authority()),
                        Map.entry("scheme", url.scheme()),
                        Map.entry("fall", Integer.toString(check.fall())),
                        Map.entry("rise", Integer.toString(check.rise())),
                        Map.entry("interval", Long.toString(check.interval().toSeconds())),
                        Map.entry("timeout", Long.toString(check.timeout().toSeconds())),
                        Map.entry(
                                "nodes",
                                cluster.servingNodes().stream()
                                        .map(node -> node.name() + "=" + cluster.addressOf(node))
                                        .collect(Collectors.joining(" "))),
                        Map.entry("options", options(cluster, probe)),
                        Map.entry("url", address(cluster, probe)),
                        Map.entry("verdict", verdict(probe))));
    }

    private static String options(Cluster cluster, HealthProbe probe) {
        List<String> options = new ArrayList<>();
        cluster.nodeTls()
                .map(tls -> tls.ca().isPresent() ? "--cacert " + LoadBalancerConfig.NODES_CA : "--insecure")
                .ifPresent(options::add);
        if (probe instanceof HealthProbe.Canary) {
            options.add("--head --config \"$CREDENTIALS_DIRECTORY/canary\"");
            options.add("--header 'Accept: " + HealthPaths.MANIFEST_TYPES + "'");
        }
        return String.join(" ", options);
    }

    private static String address(Cluster cluster, HealthProbe probe) {
        String scheme = cluster.nodeTls().map(tls -> "https://").orElse("http://");
        return scheme + cluster.publicUrl().host().urlText() + HealthPaths.of(probe);
    }

    private static String verdict(HealthProbe probe) {
        if (probe instanceof HealthProbe.Health) {
            return "case $answer in *unhealthy*) return 1 ;; *200) return 0 ;; *) return 1 ;; esac";
        }
        return "case $answer in *" + HealthPaths.statusOf(probe) + ") return 0 ;; *) return 1 ;; esac";
    }

    /** Writes a text between double quotes of a curl configuration. */
    private static String curlText(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
