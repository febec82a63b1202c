package dev.harborha.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How Harbor 2.x lies on every node.
 *
 * @param delivery whether all files are rendered, or Harbor's own installer makes most of them
 * @param installDir the folder of {@code docker-compose.yml}
 * @param dataVolume the folder of keys, certificates and whatever else a node keeps
 * @param imageRepository what stands before the names of Harbor's images: {@code goharbor}, or a mirror of it
 * @param images whole references of images by compose service, where they are not to be the release's
 * @param subnet the addresses of the containers' network
 */
public record Deployment(
        Delivery delivery,
        AbsolutePath installDir,
        AbsolutePath dataVolume,
        String imageRepository,
        Map<String, String> images,
        Optional<Subnet> subnet) {

    /** The services of the compose file that a cluster can have. */
    public static final List<String> SERVICES = List.of(
            "log", "registry", "registryctl", "core", "portal", "jobservice", "proxy", "trivy-adapter", "exporter");

    private static final String DOMAIN = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?";
    private static final String NAME = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile("(" + DOMAIN + "/)?" + NAME + "(/" + NAME + ")*");
    private static final Pattern REFERENCE =
            Pattern.compile(REPOSITORY + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

    /** What Harbor's own installer does. */
    public static final Deployment DEFAULT = of(deployment -> {});

    /**
     * Makes a deployment.
     *
     * @throws IllegalArgumentException if a repository or an image is malformed, or an image is of no service of Harbor's
     */
    public Deployment {
        Text.matching(
                "the repository of images",
                imageRepository,
                REPOSITORY,
                "use a name like \"goharbor\" or \"registry.example.com/goharbor\"");
        images = Collections.unmodifiableMap(new TreeMap<>(images));
        images.forEach((service, image) -> {
            if (!SERVICES.contains(service)) {
                throw new IllegalArgumentException("Harbor has no service " + Quoted.of(service) + "; its services are "
                        + String.join(", ", SERVICES) + ".");
            }
            Text.matching(
                    "the image of " + service,
                    image,
                    REFERENCE,
                    "use a reference like \"registry.example.com/goharbor/harbor-core:v2.14.4\", perhaps with a digest");
        });
    }

    /**
     * Describes a deployment.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static Deployment of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes a deployment; nothing is required. */
    public static final class Builder {

        private Delivery delivery = Delivery.COMPLETE;
        private AbsolutePath installDir = new AbsolutePath("/opt/harbor");
        private AbsolutePath dataVolume = new AbsolutePath("/data");
        private String imageRepository = "goharbor";
        private final Map<String, String> images = new TreeMap<>();
        private Optional<Subnet> subnet = Optional.empty();

        Builder() {}

        /** Renders every file, so that {@code prepare} is never run. This is the default. */
        public Builder complete() {
            return delivery(Delivery.COMPLETE);
        }

        /** Renders a {@code harbor.yml} for Harbor's own installer, and what keeps its {@code prepare} from drawing new secrets. */
        public Builder installer() {
            return delivery(Delivery.INSTALLER);
        }

        /** Sets how Harbor's files get onto a node. Default: {@link Delivery#COMPLETE}. */
        public Builder delivery(Delivery delivery) {
            this.delivery = delivery;
            return this;
        }

        /**
         * Sets the folder of {@code docker-compose.yml}. Default: {@code /opt/harbor}.
         *
         * @throws IllegalArgumentException if it is no absolute path
         */
        public Builder installDir(String folder) {
            this.installDir = new AbsolutePath(folder);
            return this;
        }

        /**
         * Sets the folder of what a node keeps, {@code data_volume}. Default: {@code /data}.
         *
         * @throws IllegalArgumentException if it is no absolute path
         */
        public Builder dataVolume(String folder) {
            this.dataVolume = new AbsolutePath(folder);
            return this;
        }

        /** Sets what stands before the names of Harbor's images. Default: {@code goharbor}, on Docker Hub. */
        public Builder imageRepository(String repository) {
            this.imageRepository = repository;
            return this;
        }

        /** Sets the whole reference of a service's image, with a tag, a digest or both. Default: the release's image. */
        public Builder image(String service, String reference) {
            images.put(service, reference);
            return this;
        }

        /**
         * Sets the addresses of the containers' network. Default: a network of 256 addresses in which no address of the cluster
         * lies. Docker's own choice may cut the node off from the database or from another node (<a
         * href="https://github.com/goharbor/harbor/issues/20866">issue 20866</a>).
         *
         * @throws IllegalArgumentException if it is no subnet
         */
        public Builder subnet(String cidr) {
            this.subnet = Optional.of(Subnet.parse(cidr));
            return this;
        }

        Deployment build() {
            return new Deployment(delivery, installDir, dataVolume, imageRepository, images, subnet);
        }
    }
}
