package dev.harborha.templates.harbor2;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Cluster;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.Node;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.templates.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code docker-compose.yml} of a node. */
final class ComposeFile {

    private static final Releases HAS_VERSION = Releases.before("2.12.0");
    private static final Releases SEARCHES_NO_DOMAIN = Releases.before("2.4.0");
    private static final ByRelease<String> LOG_ADDRESS =
            ByRelease.of("tcp://127.0.0.1:1514").since("2.3.0", "tcp://localhost:1514");

    private static final String CONFIG = "./common/config/";

    private final Site site;
    private final Cluster cluster;
    private final String data;

    private ComposeFile(Site site) {
        this.site = site;
        this.cluster = site.cluster();
        this.data = cluster.deployment().dataVolume().text();
    }

    static String of(Site site, Node node) {
        return YamlText.write(new ComposeFile(site).file(node));
    }

    private Map<String, Object> file(Node node) {
        Map<String, Object> file = new LinkedHashMap<>();
        if (HAS_VERSION.contains(site.release())) {
            file.put("version", "2.3");
        }
        Map<String, Object> services = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            if (service.isIn(cluster)) {
                services.put(service.text(), service(service, node));
            }
        }
        file.put("services", services);
        file.put(
                "networks",
                Tree.of(
                        "harbor",
                        Tree.of(
                                "external",
                                false,
                                "ipam",
                                Tree.of(
                                        "config",
                                        List.of(Tree.of(
                                                "subnet",
                                                Network.subnet(cluster).toString()))))));
        return file;
    }

    private Map<String, Object> service(Service service, Node node) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("image", service.image(cluster));
        entry.put("container_name", service.container());
        EnvTables.of(service).ifPresent(table -> entry.put("env_file", List.of(CONFIG + service.text() + "/env")));
        entry.put("restart", "always");
        if (service.dropsCapabilities()) {
            entry.put("cap_drop", List.of("ALL"));
        }
        if (!service.capabilities().isEmpty()) {
            entry.put("cap_add", service.capabilities());
        }
        List<Object> volumes = volumes(service);
        if (!volumes.isEmpty()) {
            entry.put("volumes", volumes);
        }
        List<String> ports = ports(service, node);
        if (!ports.isEmpty()) {
            entry.put("ports", ports);
        }
        entry.put("networks", List.of("harbor"));
        if (SEARCHES_NO_DOMAIN.contains(site.release())) {
            entry.put("dns_search", ".");
        }
        if (!service.dependsOn().isEmpty()) {
            entry.put("depends_on", service.dependsOn());
        }
        if (service != Service.LOG) {
            entry.put(
                    "logging",
                    Tree.of(
                            "driver",
                            "syslog",
                            "options",
                            Tree.of("syslog-address", LOG_ADDRESS.in(site.release()), "tag", service.text())));
        }
        return entry;
    }

    private List<String> ports(Service service, Node node) {
        if (service == Service.LOG) {
            return List.of("127.0.0.1:1514:10514");
        }
        if (service != Service.PROXY) {
            return List.of();
        }
        List<String> ports = new ArrayList<>();
        cluster.nodeTls()
                .ifPresentOrElse(
                        tls -> {
                            ports.add(tls.httpPort() + ":8080");
                            ports.add(cluster.portOf(node) + ":8443");
                        },
                        () -> ports.add(cluster.portOf(node) + ":8080"));
        site.yml().metric().ifPresent(metric -> ports.add(metric.port() + ":9090"));
        return ports;
    }

    private List<Object> volumes(Service service) {
        List<Object> volumes = new ArrayList<>();
        switch (service) {
            case LOG -> {
                volumes.add(site.yml().log().location() + "/:/var/log/docker/:z");
                volumes.add(bind(CONFIG + "log/logrotate.conf", "/etc/logrotate.d/logrotate.conf"));
                volumes.add(bind(CONFIG + "log/rsyslog_docker.conf", "/etc/rsyslog.d/rsyslog_docker.conf"));
            }
            case REGISTRY -> {
                registryStorage(volumes);
                volumes.add(bind(data + "/secret/registry/root.crt", "/etc/registry/root.crt"));
                trust(volumes);
                gcsKey(volumes);
                if (cluster.internalTls()) {
                    volumes.add(bind(tls("core.crt"), "/harbor_cust_cert/core.crt"));
                    pair(volumes, "registry", "/etc/harbor/tls/");
                }
            }
            case REGISTRYCTL -> {
                registryStorage(volumes);
                volumes.add(bind(CONFIG + "registryctl/config.yml", "/etc/registryctl/config.yml"));
                trust(volumes);
                gcsKey(volumes);
                pair(volumes, "registryctl", "/etc/harbor/ssl/");
            }
            case CORE -> {
                volumes.add(data + "/ca_download/:/etc/core/ca/:z");
                volumes.add(data + "/:/data/:z");
                volumes.add(CONFIG + "core/certificates/:/etc/core/certificates/:z");
                volumes.add(bind(CONFIG + "core/app.conf", "/etc/core/app.conf"));
                volumes.add(bind(data + "/secret/core/private_key.pem", "/etc/core/private_key.pem"));
                volumes.add(bind(data + "/secret/keys/secretkey", "/etc/core/key"));
                trust(volumes);
                pair(volumes, "core", "/etc/harbor/ssl/");
            }
            case PORTAL -> {
                if (PortalConfig.EXISTS.contains(site.release())) {
                    volumes.add(bind(CONFIG + "portal/nginx.conf", "/etc/nginx/nginx.conf"));
                    pair(volumes, "portal", "/etc/harbor/tls/");
                }
            }
            case JOBSERVICE -> {
                volumes.add(data + "/job_logs:/var/log/jobs:z");
                if (ScanExports.ON_DISK.contains(site.release())) {
                    volumes.add(data + "/scandata_exports:/var/scandata_exports:z");
                }
                volumes.add(bind(CONFIG + "jobservice/config.yml", "/etc/jobservice/config.yml"));
                trust(volumes);
                pair(volumes, "job_service", "/etc/harbor/ssl/");
            }
            case PROXY -> {
                volumes.add(CONFIG + "nginx:/etc/nginx:z");
                if (cluster.nodeTls().isPresent()) {
                    volumes.add(data + "/secret/cert:/etc/cert:z");
                }
                trust(volumes);
                pair(volumes, "proxy", "/etc/harbor/tls/");
            }
            case TRIVY_ADAPTER -> {
                volumes.add(bind(data + "/trivy-adapter/trivy", "/home/scanner/.cache/trivy"));
                volumes.add(bind(data + "/trivy-adapter/reports", "/home/scanner/.cache/reports"));
                trust(volumes);
                pair(volumes, "trivy_adapter", "/etc/harbor/ssl/");
            }
            case EXPORTER -> trust(volumes);
        }
        return volumes;
    }

    private void registryStorage(List<Object> volumes) {
        volumes.add(registryFolder(cluster) + ":/storage:z");
        volumes.add(CONFIG + "registry/:/etc/registry/:z");
    }

    /** Returns the folder of a node that the registry sees as {@code /storage}: the share, where layers are on one. */
    static String registryFolder(Cluster cluster) {
        return cluster.storage() instanceof SharedFilesystem share
                ? share.path().text()
                : cluster.deployment().dataVolume() + "/registry";
    }

    private void gcsKey(List<Object> volumes) {
        if (cluster.storage() instanceof GcsStorage gcs) {
            gcs.keyFile()
                    .map(AbsolutePath::text)
                    .ifPresent(path -> volumes.add(bind(path, RegistryConfig.CONTAINER_GCS_KEY)));
        }
    }

    private static void trust(List<Object> volumes) {
        volumes.add(bind(CONFIG + "shared/trust-certificates", "/harbor_cust_cert"));
    }

    private void pair(List<Object> volumes, String name, String folder) {
        if (cluster.internalTls()) {
            volumes.add(bind(tls(name + ".crt"), folder + name + ".crt"));
            volumes.add(bind(tls(name + ".key"), folder + name + ".key"));
        }
    }

    private String tls(String file) {
        return data + "/secret/tls/" + file;
    }

    private static Map<String, Object> bind(String source, String target) {
        return Tree.of("type", "bind", "source", source, "target", target);
    }
}
