package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Metric;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.VersionRange;
import dev.harborha.templates.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code docker-compose.override.yml} beside the {@code docker-compose.yml} that {@code prepare} writes. Docker Compose reads
 * both, and what stands here wins: the whole environment of each component, and the files in which {@code prepare} would write
 * secrets of its own or what does not work. So it does not matter what {@code prepare} draws, or how often it is run.
 */
final class ComposeOverride {

    private static final String FILES = "./" + InstallerFiles.FOLDER + "/";

    /** The release whose proxy and portal listen on IPv6 whether it is there or not. */
    private static final VersionRange LISTENS_ON_IPV6 = VersionRange.between("2.9.2", "2.9.3");

    /** Releases whose own proxy overwrites what the load balancer says of http and https, and that one. */
    private static final Releases REPLACE_PROXY = Releases.of(VersionRange.before("2.3.0"), LISTENS_ON_IPV6);

    /** Releases whose Trivy does not wait for the container that it logs to. */
    private static final Releases TRIVY_DOES_NOT_WAIT = Releases.before("2.1.0");

    private final Site site;
    private final Cluster cluster;

    private ComposeOverride(Site site) {
        this.site = site;
        this.cluster = site.cluster();
    }

    static String of(Site site) {
        return "# Rendered by harbor-ha. Docker Compose reads this file together with docker-compose.yml, and this one wins.\n"
                + YamlText.write(new ComposeOverride(site).file());
    }

    /** Tells whether the nodes get a proxy configuration of ours. */
    static boolean replacesProxy(Site site) {
        return REPLACE_PROXY.contains(site.release()) || hasMetricsElsewhere(site);
    }

    /** The path of the metrics is not looked at where nodes speak plain http. */
    private static boolean hasMetricsElsewhere(Site site) {
        return site.cluster().nodeTls().isEmpty()
                && site.yml()
                        .metric()
                        .filter(metric -> !metric.path().equals(Metric.DEFAULT.path()))
                        .isPresent();
    }

    /** Tells whether a release's nodes get a portal configuration of ours. */
    static boolean replacesPortal(Site site) {
        return LISTENS_ON_IPV6.contains(site.release());
    }

    private Map<String, Object> file() {
        Map<String, Object> file = new LinkedHashMap<>();
        if (Releases.before("2.12.0").contains(site.release())) {
            file.put("version", "2.3"); // both files must name the same one
        }
        Map<String, Object> services = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            if (service.isIn(cluster)) {
                Map<String, Object> entry = service(service);
                if (!entry.isEmpty()) {
                    services.put(service.text(), entry);
                }
            }
        }
        file.put("services", services);
        file.put(
                "networks",
                Tree.of(
                        "harbor",
                        Tree.of(
                                "ipam",
                                Tree.of(
                                        "config",
                                        List.of(Tree.of(
                                                "subnet",
                                                Network.subnet(cluster).toString()))))));
        return file;
    }

    private Map<String, Object> service(Service service) {
        Map<String, Object> entry = new LinkedHashMap<>();
        String image = service.image(cluster);
        if (!image.equals(service.releaseImage(cluster.harbor()))) {
            entry.put("image", image);
        }
        Map<String, String> environment =
                EnvTables.of(service).map(table -> table.values(site)).orElse(Map.of());
        if (!environment.isEmpty()) {
            Map<String, String> escaped = new LinkedHashMap<>();
            environment.forEach((name, value) -> escaped.put(name, value.replace("$", "$$")));
            entry.put("environment", escaped);
        }
        List<Object> volumes = volumes(service);
        if (!volumes.isEmpty()) {
            entry.put("volumes", volumes);
        }
        if (service == Service.TRIVY_ADAPTER && TRIVY_DOES_NOT_WAIT.contains(site.release())) {
            entry.put("depends_on", service.dependsOn());
        }
        return entry;
    }

    private List<Object> volumes(Service service) {
        List<Object> volumes = new ArrayList<>();
        switch (service) {
            case REGISTRY -> {
                share(volumes);
                volumes.add(mount("registry/config.yml", "/etc/registry/config.yml"));
                volumes.add(mount("registry/passwd", "/etc/registry/passwd"));
            }
            case REGISTRYCTL -> {
                share(volumes);
                volumes.add(mount("registry/config.yml", "/etc/registry/config.yml"));
            }
            case JOBSERVICE -> volumes.add(mount("jobservice/config.yml", "/etc/jobservice/config.yml"));
            case PROXY -> {
                if (replacesProxy(site)) {
                    volumes.add(mount("nginx/nginx.conf", "/etc/nginx/nginx.conf"));
                }
            }
            case PORTAL -> {
                if (replacesPortal(site)) {
                    volumes.add(mount("portal/nginx.conf", "/etc/nginx/nginx.conf"));
                }
            }
            case LOG, CORE, TRIVY_ADAPTER, EXPORTER -> {}
        }
        if (cluster.internalTls() && service != Service.LOG && service != Service.PORTAL) {
            volumes.add(mount("internal_tls/harbor_internal_ca.crt", "/harbor_cust_cert/harbor_internal_ca.crt"));
        }
        return volumes;
    }

    private void share(List<Object> volumes) {
        if (cluster.storage() instanceof SharedFilesystem) {
            volumes.add(ComposeFile.registryFolder(cluster) + ":/storage:z");
        }
    }

    private static String mount(String file, String target) {
        return FILES + file + ":" + target;
    }
}
