package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Deployment;
import dev.harborha.model.HarborVersion;
import java.util.List;
import java.util.function.Predicate;

/** The services of Harbor's compose file, for a database and a Redis outside. */
enum Service {
    LOG("log", "harbor-log", "harbor-log", "CHOWN DAC_OVERRIDE SETGID SETUID", ""),
    REGISTRY("registry", "registry", "registry-photon", "CHOWN SETGID SETUID", "log"),
    REGISTRYCTL("registryctl", "registryctl", "harbor-registryctl", "CHOWN SETGID SETUID", "log"),
    CORE("core", "harbor-core", "harbor-core", "SETGID SETUID", "log registry"),
    PORTAL("portal", "harbor-portal", "harbor-portal", "CHOWN SETGID SETUID NET_BIND_SERVICE", "log"),
    JOBSERVICE("jobservice", "harbor-jobservice", "harbor-jobservice", "CHOWN SETGID SETUID", "core"),
    PROXY("proxy", "nginx", "nginx-photon", "CHOWN SETGID SETUID NET_BIND_SERVICE", "registry core portal log"),
    TRIVY_ADAPTER("trivy-adapter", "trivy-adapter", "trivy-adapter-photon", "", "log"),
    EXPORTER("exporter", "harbor-exporter", "harbor-exporter", "", "core");

    private final String text;
    private final String container;
    private final String image;
    private final String capabilities;
    private final String dependsOn;

    Service(String text, String container, String image, String capabilities, String dependsOn) {
        this.text = text;
        this.container = container;
        this.image = image;
        this.capabilities = capabilities;
        this.dependsOn = dependsOn;
    }

    /** Returns the name of the service in the compose file, which is its host name in the containers' network. */
    String text() {
        return text;
    }

    String container() {
        return container;
    }

    /** Returns the reference of the image that a cluster runs. */
    String image(Cluster cluster) {
        Deployment deployment = cluster.deployment();
        String own = deployment.images().get(text);
        return own != null ? own : deployment.imageRepository() + "/" + image + ":v" + cluster.harbor();
    }

    /** Returns the reference of the image that Harbor's own compose file names. */
    String releaseImage(HarborVersion release) {
        return "goharbor/" + image + ":v" + release;
    }

    /** Returns the capabilities that the container keeps. */
    List<String> capabilities() {
        return words(capabilities);
    }

    /** Tells whether the container gives up all other capabilities; the exporter's does not in any release. */
    boolean dropsCapabilities() {
        return this != EXPORTER;
    }

    List<String> dependsOn() {
        return words(dependsOn);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** Tells whether a cluster has this service. */
    boolean isIn(Cluster cluster) {
        Predicate<Cluster> condition = switch (this) {
            case TRIVY_ADAPTER -> with -> with.harborYml().trivy().isPresent();
            case EXPORTER -> with -> with.harborYml().metric().isPresent();
            default -> with -> true;
        };
        return condition.test(cluster);
    }
}
