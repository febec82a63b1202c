package dev.harborha.templates.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.TlsProfile;
import dev.harborha.templates.nginx.NginxReader.Directive;
import dev.harborha.testing.Clusters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a load balancer does, whatever stands around it. */
class LoadBalancerConfigProperties {

    private static final int TRIES = 80;

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound();
    }

    private static List<LoadBalancer> nginx(Cluster cluster) {
        return cluster.loadBalancers().stream()
                .filter(balancer -> balancer.program() == LoadBalancerProgram.NGINX)
                .toList();
    }

    private static Directive http(Cluster cluster, LoadBalancer balancer) {
        return NginxReader.read(LoadBalancerConfig.text(cluster, balancer)).one("http");
    }

    private static List<String> arguments(Directive directive) {
        return directive.words().subList(1, directive.words().size());
    }

    /** Returns the servers that have the given first words in a {@code listen}, in order. */
    private static List<Directive> listening(Directive http, int port) {
        return http.all("server").stream()
                .filter(server -> server.all("listen").get(0).words().get(1).equals(Integer.toString(port)))
                .toList();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void harborIsToldThePublicNameAndScheme(@ForAll("clusters") Cluster cluster) {
        PublicUrl url = cluster.publicUrl();
        for (LoadBalancer balancer : nginx(cluster)) {
            List<Directive> servers = listening(http(cluster, balancer), balancer.portFor(url));
            Directive server = servers.get(servers.size() - 1);
            List<List<String>> headers = server.all("proxy_set_header").stream()
                    .map(LoadBalancerConfigProperties::arguments)
                    .toList();
            String client = balancer.hidesClients() ? "$proxy_add_x_forwarded_for" : "$remote_addr";
            assertThat(headers)
                    .containsExactlyInAnyOrder(
                            List.of("Host", url.authority()),
                            List.of("X-Forwarded-Proto", url.scheme()),
                            List.of("X-Real-IP", "$remote_addr"),
                            List.of("X-Forwarded-For", client),
                            List.of("X-Forwarded-Host", ""),
                            List.of("X-Forwarded-Port", ""),
                            List.of("Forwarded", ""));
            assertThat(server.all("location")).hasSize(7).allSatisfy(location -> {
                assertThat(arguments(location.one("proxy_pass")))
                        .containsExactly(cluster.nodeTls().isPresent() ? "https://harbor" : "http://harbor");
                assertThat(location.all("proxy_set_header")).isEmpty();
            });
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void otherNamesGetNoAnswer(@ForAll("clusters") Cluster cluster) {
        for (LoadBalancer balancer : nginx(cluster)) {
            List<Integer> ports = new ArrayList<>(List.of(balancer.portFor(cluster.publicUrl())));
            if (balancer.endsTlsFor(cluster.publicUrl())) {
                ports.add(balancer.redirectPort());
            }
            Directive http = http(cluster, balancer);
            boolean aliases = !cluster.aliases().isEmpty();
            assertThat(http.all("server")).hasSize(2 * ports.size() + 1 + (aliases ? 1 : 0));
            for (int port : ports) {
                List<Directive> servers = listening(http, port);
                boolean isPublic = port == ports.get(0);
                assertThat(servers).hasSize(aliases && isPublic ? 3 : 2);
                assertThat(servers.get(0).all("listen"))
                        .allMatch(listen -> listen.words().contains("default_server"));
                assertThat(arguments(servers.get(0).one("return"))).containsExactly("444");
                List<String> names =
                        new ArrayList<>(List.of(cluster.publicUrl().host().urlText()));
                if (!isPublic) {
                    cluster.aliases().stream().map(Host::urlText).forEach(names::add);
                }
                assertThat(arguments(servers.get(servers.size() - 1).one("server_name")))
                        .containsExactlyElementsOf(names);
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void tlsEndsWhereItShould(@ForAll("clusters") Cluster cluster) {
        PublicUrl url = cluster.publicUrl();
        for (LoadBalancer balancer : nginx(cluster)) {
            Directive http = http(cluster, balancer);
            boolean tls = balancer.endsTlsFor(url);
            for (Directive server : listening(http, balancer.portFor(url))) {
                assertThat(server.all("listen"))
                        .allMatch(listen -> listen.words().contains("ssl") == tls);
            }
            if (!tls) {
                assertThat(http.all("ssl_certificate")).isEmpty();
                assertThat(http.all("ssl_protocols")).isEmpty();
                continue;
            }
            TlsCertificate.OnMachine paths = balancer.certificate() instanceof TlsCertificate.OnMachine there
                    ? there
                    : TlsCertificate.NGINX_DEFAULT;
            assertThat(arguments(http.one("ssl_certificate")))
                    .containsExactly(paths.certificate().text());
            assertThat(arguments(http.one("ssl_certificate_key")))
                    .containsExactly(paths.key().text());
            List<String> modern = List.of("TLSv1.3");
            assertThat(arguments(http.one("ssl_protocols")))
                    .isEqualTo(balancer.tlsProfile() == TlsProfile.MODERN ? modern : List.of("TLSv1.2", "TLSv1.3"));
            Directive redirect = listening(http, balancer.redirectPort()).get(1);
            assertThat(arguments(redirect.one("return"))).containsExactly("308", url + "$request_uri");
        }
    }

    private static Directive location(Directive server, String... words) {
        return server.all("location").stream()
                .filter(location -> arguments(location).equals(List.of(words)))
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void layersOfAnySizeStreamThroughOrAreKept(@ForAll("clusters") Cluster cluster) {
        for (LoadBalancer balancer : nginx(cluster)) {
            List<Directive> servers = listening(http(cluster, balancer), balancer.portFor(cluster.publicUrl()));
            Directive server = servers.get(servers.size() - 1);
            String largest = balancer.maxBodySize().isPresent()
                    ? Long.toString(balancer.maxBodySize().getAsLong())
                    : "0";
            assertThat(arguments(server.one("client_max_body_size"))).containsExactly(largest);
            assertThat(arguments(server.one("chunked_transfer_encoding"))).containsExactly("on");
            assertThat(arguments(server.one("proxy_http_version"))).containsExactly("1.1");
            assertThat(arguments(server.one("proxy_buffering"))).containsExactly("off");
            Directive layer = location(server, "@layer");
            boolean kept = balancer.uploadSpool().isPresent();
            assertThat(layer.all("proxy_request_buffering")).hasSize(kept ? 0 : 1);
            assertThat(layer.all("client_body_temp_path")).hasSize(kept ? 1 : 0);
            assertThat(arguments(layer.one("proxy_next_upstream")).contains("non_idempotent"))
                    .isEqualTo(kept);
        }
    }

    /** Nothing but a layer that streams, and what may change something behind the API, is asked of one node only. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatIsSmallIsAskedOfAnotherNode(@ForAll("clusters") Cluster cluster) {
        for (LoadBalancer balancer : nginx(cluster)) {
            List<Directive> servers = listening(http(cluster, balancer), balancer.portFor(cluster.publicUrl()));
            Directive server = servers.get(servers.size() - 1);
            for (Directive location : Stream.of(
                            List.of("/v2/"),
                            List.of("/service/token"),
                            List.of("~", "^/v2/.+/manifests/"),
                            List.of("~", "^/v2/.+/blobs/uploads"),
                            List.of("@commit"))
                    .map(words -> location(server, words.toArray(String[]::new)))
                    .toList()) {
                assertThat(arguments(location.one("proxy_next_upstream")))
                        .contains("error", "timeout", "http_502", "http_503", "http_504", "non_idempotent");
                assertThat(location.all("proxy_request_buffering")).isEmpty();
            }
            assertThat(arguments(location(server, "/").one("proxy_next_upstream")))
                    .doesNotContain("non_idempotent");
            long answer = balancer.timeouts().answer().toSeconds();
            assertThat(arguments(location(server, "/v2/").one("proxy_read_timeout")))
                    .containsExactly(answer + "s");
            assertThat(arguments(location(server, "@layer").one("proxy_read_timeout")))
                    .containsExactly(balancer.timeouts().upload().toSeconds() + "s");
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void ipv6IsListenedToWhereItIsNamed(@ForAll("clusters") Cluster cluster) {
        for (LoadBalancer balancer : nginx(cluster)) {
            boolean ipv6 =
                    balancer.address().isIpv6() || cluster.publicUrl().host().isIpv6();
            for (Directive server : http(cluster, balancer).all("server")) {
                List<String> first = server.all("listen").stream()
                        .map(listen -> listen.words().get(1))
                        .toList();
                if (first.get(0).startsWith("127.0.0.1:")) {
                    continue; // the balancer's own status
                }
                assertThat(first)
                        .isEqualTo(ipv6 ? List.of(first.get(0), "[::]:" + first.get(0)) : List.of(first.get(0)));
            }
        }
    }
}
