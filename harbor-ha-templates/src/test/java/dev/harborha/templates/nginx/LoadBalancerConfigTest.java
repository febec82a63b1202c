package dev.harborha.templates.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.LoadBalancer;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How a setting is written depends on the release of nginx, where it is known. */
class LoadBalancerConfigTest {

    private static final Cluster CLUSTER =
            Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).get("2.15-s3");

    private static String config(Consumer<LoadBalancer.Builder> more) {
        LoadBalancer balancer = LoadBalancer.of("lb-1", lb -> more.accept(lb.nginx("10.0.0.10")));
        return LoadBalancerConfig.text(CLUSTER, balancer);
    }

    @Test
    void http2IsAWordOfListenBefore1251AndADirectiveSince() {
        assertThat(config(lb -> {})).doesNotContain("http2");
        assertThat(config(lb -> lb.http2())).contains("listen 443 ssl http2;").doesNotContain("http2 on;");
        assertThat(config(lb -> lb.http2().programVersion("1.25"))).contains("listen 443 ssl http2;");
        assertThat(config(lb -> lb.http2().programVersion("1.25.1")))
                .contains("http2 on;", "listen 443 ssl;")
                .doesNotContain("ssl http2");
    }

    @Test
    void nginxHasNoCookies() {
        LoadBalancer balancer =
                LoadBalancer.of("lb-1", lb -> lb.nginx("10.0.0.10").affinity(Affinity.COOKIE));
        assertThatThrownBy(() -> UpstreamConfig.text(CLUSTER, balancer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nginx has no cookies that name a node.");
    }
}
