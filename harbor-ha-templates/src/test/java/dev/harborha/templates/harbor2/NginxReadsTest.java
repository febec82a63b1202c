package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Releases;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What nginx itself says to all the configurations that are rendered for Harbor 2.x. Those of the containers see what the compose
 * file mounts for them and the names of its services, and nothing else.
 */
class NginxReadsTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final Releases INSTALLER_BRINGS_PROXY = Releases.before("2.3.0");
    private static final Pattern CERTIFICATE = Pattern.compile("(?m)^ *ssl_certificate(_key)? (/[^;]+);");

    @TempDir
    Path folder;

    /** Different machines by their names; nginx is asked once for those that are the same. */
    private final Map<String, SortedMap<String, String>> machines = new LinkedHashMap<>();

    private final Set<SortedMap<String, String>> known = new HashSet<>();

    private void add(String name, SortedMap<String, String> files) {
        if (known.add(files)) {
            machines.put(name, files);
        }
    }

    @Test
    void acceptsTheProxyAndThePortalOfEveryCluster() throws IOException {
        for (HarborVersion release : Scenario.newestOfEachLine()) {
            for (Scenario scenario : Scenario.ALL) {
                if (scenario.runsOn(release)) {
                    Cluster cluster = scenario.in(release);
                    Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
                    SortedMap<String, String> proxy = proxy(bundle, cluster);
                    add("proxy of " + scenario + " in " + release, proxy);
                    if (INSTALLER_BRINGS_PROXY.contains(release)) {
                        assertThat(proxyOfInstaller(cluster)).isEqualTo(proxy.get("/etc/nginx/nginx.conf"));
                    }
                    if (PortalConfig.EXISTS.contains(release)) {
                        add("portal of " + scenario + " in " + release, portal(bundle, cluster));
                    }
                }
            }
        }
        assertThat(machines).hasSizeGreaterThan(50);
        assertThat(NginxSandbox.refusals(folder, machines)).isEmpty();
    }

    @Test
    void acceptsTheLoadBalancerOfEveryCluster() throws IOException {
        for (Scenario scenario : Scenario.ALL) {
            Cluster cluster = scenario.in(HarborVersion.newest());
            add(scenario.name(), loadBalancer(TestKeys.HARBOR.render(cluster, KEYS)));
        }
        String all = machines.values().stream()
                .map(files -> files.get("/etc/nginx/nginx.conf"))
                .collect(Collectors.joining());
        assertThat(all).contains("https://harbor;", "http://harbor;", "proxy_ssl_verify on;");
        assertThat(NginxSandbox.refusals(folder, machines)).isEmpty();
    }

    @Test
    void itCanRefuse() throws IOException {
        Cluster cluster = named("metrics-https-internal-tls").in(HarborVersion.newest());
        Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
        for (String without : List.of(
                "/etc/hosts",
                "/etc/cert/server.key",
                "/etc/harbor/tls/proxy.crt",
                "/harbor_cust_cert/harbor_internal_ca.crt")) {
            SortedMap<String, String> files = new TreeMap<>(proxy(bundle, cluster));
            assertThat(files.remove(without)).as(without).isNotNull();
            add(without, files);
        }
        Map<String, String> refusals = NginxSandbox.refusals(folder, machines);
        assertThat(refusals.keySet()).isEqualTo(machines.keySet());
        assertThat(refusals.get("/etc/hosts")).contains("host not found in upstream \"core:8443\"");
        assertThat(refusals.get("/etc/cert/server.key")).contains("cannot load certificate key");
        assertThat(refusals.get("/etc/harbor/tls/proxy.crt")).contains("/etc/harbor/tls/proxy.crt");
        assertThat(refusals.get("/harbor_cust_cert/harbor_internal_ca.crt")).contains("harbor_internal_ca.crt");
    }

    private static Scenario named(String name) {
        return Scenario.ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SortedMap<String, String> proxy(Bundle bundle, Cluster cluster) {
        SortedMap<String, String> files = files(bundle, cluster, Service.PROXY);
        if (cluster.nodeTls().isPresent()) {
            // Where it lies on the machine already, install.sh copies it.
            files.putIfAbsent("/etc/cert/server.crt", TestKeys.certificate());
            files.putIfAbsent("/etc/cert/server.key", TestKeys.certificateKey().reveal());
        }
        return files;
    }

    /** Returns the configuration that the installer way puts over that of {@code prepare}. */
    private static String proxyOfInstaller(Cluster cluster) {
        String path = "nodes/harbor-1" + cluster.deployment().installDir() + "/harbor-ha/nginx/nginx.conf";
        return TestKeys.HARBOR
                .render(PreparedNode.installer(cluster), KEYS)
                .get(path)
                .orElseThrow()
                .content();
    }

    private static SortedMap<String, String> portal(Bundle bundle, Cluster cluster) {
        SortedMap<String, String> files = files(bundle, cluster, Service.PORTAL);
        files.put("/etc/nginx/mime.types", "types {\n  text/html html;\n}\n"); // of its image
        return files;
    }

    private static SortedMap<String, String> files(Bundle bundle, Cluster cluster, Service service) {
        SortedMap<String, String> files = new TreeMap<>(
                Container.of(bundle, cluster, "docker-compose.yml", service).files());
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        for (String name : Container.services(bundle, cluster)) {
            hosts.append("192.0.2.1 ").append(name).append('\n');
        }
        files.put("/etc/hosts", hosts.toString());
        return files;
    }

    private static SortedMap<String, String> loadBalancer(Bundle bundle) {
        String machine = "lb/lb-1";
        SortedMap<String, String> files = new TreeMap<>();
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith(machine + "/etc/nginx/")
                    || file.path().startsWith(machine + "/var/lib/harbor-lb/")) {
                files.put(file.path().substring(machine.length()), file.content());
            }
        }
        // Where the cluster does not hold the certificate, it is on the machine.
        Matcher certificate = CERTIFICATE.matcher(files.get("/etc/nginx/nginx.conf"));
        while (certificate.find()) {
            files.putIfAbsent(
                    certificate.group(2),
                    certificate.group(1) == null
                            ? TestKeys.certificate()
                            : TestKeys.certificateKey().reveal());
        }
        return files;
    }
}
