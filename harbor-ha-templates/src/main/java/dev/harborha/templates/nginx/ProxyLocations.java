package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.block;
import static dev.harborha.templates.nginx.NginxDirective.directive;
import static dev.harborha.templates.nginx.NginxDirective.entry;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How requests are handed to the nodes, by their kind: for how long a node may think, and whether another one is asked when it
 * fails. What is small is kept until it has come in, and can be sent again. Layers stream through, or are kept too, as the load
 * balancer is told.
 */
final class ProxyLocations {

    /** The variable that tells requests to {@code …/blobs/uploads/} apart. */
    private static final String KIND = "harbor_upload";

    /** Answers that nobody gives: they lead from the location of uploads to the one for their kind. */
    private static final String IS_LAYER = "418";

    private static final String IS_COMMIT = "419";

    private final String target;
    private final Timeouts timeouts;
    private final LoadBalancer balancer;

    ProxyLocations(Cluster cluster, LoadBalancer balancer) {
        this.target = (cluster.nodeTls().isPresent() ? "https://" : "http://") + UpstreamConfig.NAME;
        this.balancer = balancer;
        this.timeouts = balancer.timeouts();
    }

    /**
     * Returns the {@code map} that {@link #all} needs in the {@code http} block. docker sends a layer with PATCH and ends it with an
     * empty PUT; containerd and others send all of it with PUT; a POST may carry a whole layer, too.
     */
    static NginxDirective kinds() {
        return block(
                        "map",
                        List.of(
                                directive("default", "begin"),
                                entry("~^PATCH").texts("layer"),
                                entry("~^(PUT|POST):[1-9]").texts("layer"),
                                entry("~^(PUT|POST):0?:.").texts("layer"),
                                entry("~^PUT").texts("commit")))
                .format("$request_method:$http_content_length:$http_transfer_encoding")
                .variable(KIND)
                .because(
                        "What a request to …/blobs/uploads/ carries: nothing yet, a layer, or the word that it is complete.");
    }

    List<NginxDirective> all() {
        List<NginxDirective> locations = new ArrayList<>();
        locations.add(location("/", timeouts.api(), List.of("error", "timeout", "http_502", "http_503", "http_504"))
                .because("Web pages and the API. A request that changes something is not sent twice."));
        locations.add(replayed("/service/token", timeouts.answer()));
        locations.add(replayed("/v2/", timeouts.answer()).because("Pings, layers and what else clients ask for."));
        locations.add(block(
                        "location",
                        concat(
                                pass(timeouts.answer()),
                                List.of(next(List.of(
                                        "error",
                                        "timeout",
                                        "http_500",
                                        "http_502",
                                        "http_503",
                                        "http_504",
                                        "non_idempotent")))))
                .texts("~", "^/v2/.+/manifests/")
                .because(
                        "Docker never sends a manifest again, so this does; core answers 500 when its registry dies."));
        locations.add(block(
                        "location",
                        concat(
                                List.of(
                                        directive("error_page", IS_LAYER, "=", "@layer"),
                                        directive("error_page", IS_COMMIT, "=", "@commit"),
                                        leadTo("layer", IS_LAYER),
                                        leadTo("commit", IS_COMMIT)),
                                pass(timeouts.answer()),
                                List.of(next(REPLAYED))))
                .texts("~", "^/v2/.+/blobs/uploads"));
        locations.add(block("location", layer()).texts("@layer").because(whyOfLayers()));
        locations.add(replayed("@commit", timeouts.commit())
                .because("The end of an upload: the registry checks the digest, and S3 puts the parts together."));
        return locations;
    }

    private static final List<String> REPLAYED =
            List.of("error", "timeout", "http_502", "http_503", "http_504", "non_idempotent");

    private String whyOfLayers() {
        return balancer.uploadSpool().isPresent()
                ? "A layer is kept here until it has come in, and sent to another node when the first one is lost."
                : "A layer streams through: a node that is lost costs the layers under way to it, which clients send again.";
    }

    private List<NginxDirective> layer() {
        List<NginxDirective> layer = new ArrayList<>();
        if (balancer.uploadSpool().isPresent()) {
            AbsolutePath spool = balancer.uploadSpool().get();
            layer.add(directive("client_body_temp_path", spool.text()));
            layer.add(directive("client_body_buffer_size", "1m"));
        } else {
            layer.add(directive("proxy_request_buffering", "off"));
        }
        layer.addAll(pass(timeouts.upload()));
        layer.add(next(
                balancer.uploadSpool().isPresent()
                        ? REPLAYED
                        : List.of("error", "timeout", "http_502", "http_503", "http_504")));
        return layer;
    }

    private NginxDirective replayed(String path, Duration patience) {
        return location(path, patience, REPLAYED);
    }

    private NginxDirective location(String path, Duration patience, List<String> failures) {
        return block("location", concat(pass(patience), List.of(next(failures))))
                .texts(path);
    }

    private List<NginxDirective> pass(Duration patience) {
        String seconds = patience.toSeconds() + "s";
        return List.of(
                directive("proxy_pass", target),
                directive("proxy_read_timeout", seconds),
                directive("proxy_send_timeout", seconds));
    }

    private static NginxDirective next(List<String> failures) {
        return directive("proxy_next_upstream", failures.toArray(String[]::new));
    }

    private static NginxDirective leadTo(String kind, String status) {
        return block("if", List.of(directive("return", status))).ifEqual(KIND, kind);
    }

    @SafeVarargs
    private static List<NginxDirective> concat(List<NginxDirective>... parts) {
        List<NginxDirective> all = new ArrayList<>();
        for (List<NginxDirective> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
