package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks one thing at a time that the library keeps whole, and sees the symptom that users report. It proves that the
 * drills on the whole cluster would notice.
 */
@Timeout(60)
class BrokenInvariantsIT {

    private static final int LAYER = 3 << 20;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().logs());

    private LoopbackCluster cluster;
    private Path bundle;

    @BeforeEach
    void render(@TempDir Path folder) {
        cluster = LoopbackCluster.onSharedFolder(folder);
        bundle = cluster.write(cluster.describe(), TestKeys.first());
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void otherKeysOnOneNodeMakeTokensOfTheOtherWorthless() throws IOException {
        Node05 one = cluster.startNode(bundle, 1);
        Node05 two = cluster.startNode(cluster.write(cluster.describe(), TestKeys.other()), 2);

        String tokenOfOne = cluster.client(one).token("library/app");
        String tokenOfTwo = cluster.client(two).token("library/app");

        assertThat(cluster.client(one).ask(tokenOfOne, "GET", "/v2/").status()).isEqualTo(200);
        assertThat(cluster.client(two).ask(tokenOfTwo, "GET", "/v2/").status()).isEqualTo(200);
        assertThat(Challenge.in(cluster.client(two).ask(tokenOfOne, "GET", "/v2/"))
                        .error())
                .contains("invalid_token");
        assertThat(Challenge.in(cluster.client(one).ask(tokenOfTwo, "GET", "/v2/"))
                        .error())
                .contains("invalid_token");
    }

    @Test
    void forwardedProtoOverwrittenByTheNodeMakesLocationsHttp() throws IOException {
        Node05.Setup stock = cluster.asRendered()
                .withNginxFault(config -> config.addBehind(
                        "^\\s*proxy_pass http://registry;", "proxy_set_header X-Forwarded-Proto $scheme;", 1));
        cluster.startNode(bundle, 1, stock);
        cluster.startNode(bundle, 2, stock);
        RegistryClient client = throughLoadBalancer(UnaryOperator.identity());

        RegistryClient.Upload upload = client.upload(client.token("library/app"), "library/app");

        assertThat(upload.location()).startsWith("http://harbor.example.com:");
        assertThatThrownBy(() -> upload.patch(new byte[10]))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sent away from https://");
    }

    @Test
    void otherSecretOfOneRegistryEndsUploadsThatChangeTheNode() throws IOException {
        RegistryClient one = cluster.client(cluster.startNode(bundle, 1));
        RegistryClient two = cluster.client(cluster.startNode(
                bundle,
                2,
                cluster.asRendered()
                        .withRegistryFault(
                                config -> config.replace("^  secret: \"?([^\"\\n]+)\"?$", "drawn-by-this-node", 1))));
        String token = one.token("library/app");

        Answer answer = two.resume(one.upload(token, "library/app")).patchAnswer(out -> out.write(new byte[10]));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("BLOB_UPLOAD_INVALID");
    }

    @Test
    void privateRealmOnOneNodeShowsInItsChallenge() throws IOException {
        String realm = "http://10.0.0.12:8080/service/token";
        RegistryClient one = cluster.client(cluster.startNode(bundle, 1));
        RegistryClient two = cluster.client(cluster.startNode(
                bundle,
                2,
                cluster.asRendered()
                        .withRegistryFault(config -> config.replace("^ +realm: \"?([^\"\\n]+)\"?$", realm, 1))));

        assertThat(one.challenge().realm()).isEqualTo(cluster.publicUrl() + "/service/token");
        assertThat(two.challenge().realm()).isEqualTo(realm);
        assertThatThrownBy(() -> two.token("library/app"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sent away");
    }

    @Test
    void storesOfTheirOwnLoseWhatTheOtherNodeTookIn(@TempDir Path own) throws IOException {
        RegistryClient one = cluster.client(cluster.startNode(bundle, 1));
        Map<String, String> environment = new HashMap<>(cluster.store().registryEnvironment());
        environment.replaceAll((name, value) -> own.toString());
        RegistryClient two = cluster.client(cluster.startNode(bundle, 2, Node05.Setup.asRendered(environment)));
        String token = one.token("library/app");
        Image image = Image.of(21, 1_000);
        one.push(token, "library/app", "1.0", image);

        assertThat(one.manifest(token, "library/app", "1.0")).isEqualTo(image.manifest());
        Answer answer = two.ask(token, "GET", "/v2/library/app/manifests/1.0");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("MANIFEST_UNKNOWN");
    }

    @Test
    void noIpHashSendsOneClientToBothNodes() throws IOException {
        Node05 one = cluster.startNode(bundle, 1);
        Node05 two = cluster.startNode(bundle, 2);
        Path upstream = bundle.resolve("lb/lb-1/var/lib/harbor-lb/upstream.conf");
        ConfigEdit.of(upstream).replace("^(\\s*ip_hash;)$", "", 1).writeTo(upstream);
        RegistryClient client = throughLoadBalancer(UnaryOperator.identity());

        Set<String> used = new HashSet<>();
        for (int request = 0; request < 10; request++) {
            int before = one.ui().tokens();
            client.token("library/app");
            // An odd number of requests a turn: strict turns would else send all token requests to one node.
            client.challenge();
            used.add(one.ui().tokens() > before ? one.name() : two.name());
        }

        assertThat(used).containsExactlyInAnyOrder("harbor-1", "harbor-2");
    }

    @Test
    void bodyLimitOfNginxRefusesLayers() throws IOException {
        cluster.startNode(bundle, 1);
        cluster.startNode(bundle, 2);
        RegistryClient client = throughLoadBalancer(config -> config.replace("^(\\s*client_max_body_size 0;)$", "", 1));
        String token = client.token("library/app");
        byte[] layer = Image.of(22, LAYER).layers().get(0);

        Answer answer = client.upload(token, "library/app").patchAnswer(out -> out.write(layer));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void hostHeaderOfTheUpstreamBlockShowsInLocations() throws IOException {
        cluster.startNode(bundle, 1);
        cluster.startNode(bundle, 2);
        RegistryClient client = throughLoadBalancer(
                config -> config.replace("^\\s*proxy_set_header\\s+Host\\s+([^;]+);$", "$proxy_host", 1));

        RegistryClient.Upload upload = client.upload(client.token("library/app"), "library/app");

        assertThat(upload.location()).doesNotContain("harbor.example.com");
    }

    @Test
    void loadBalancerThatTriesNoOtherNodeFailsWithTheLostOne() throws IOException {
        Node05 one = cluster.startNode(bundle, 1);
        Node05 two = cluster.startNode(bundle, 2);
        RegistryClient client =
                throughLoadBalancer(config -> config.replace("^\\s*proxy_next_upstream\\s+([^;]+);$", "off", 7));
        byte[] layer = Image.of(23, LAYER).layers().get(0);
        int before = one.ui().tokens();
        String token = client.token("library/app");
        RegistryClient.Upload upload =
                client.upload(token, "library/app").patch(Arrays.copyOfRange(layer, 0, LAYER / 2));

        (one.ui().tokens() > before ? one : two).kill();

        assertThat(upload.patchAnswer(out -> out.write(layer, LAYER / 2, LAYER - LAYER / 2))
                        .status())
                .isEqualTo(502);
    }

    private RegistryClient throughLoadBalancer(UnaryOperator<ConfigEdit> fault) {
        return cluster.client("127.21.1.1", cluster.startLoadBalancer(bundle, fault));
    }

    private LoopbackCluster cluster() {
        return cluster;
    }
}
