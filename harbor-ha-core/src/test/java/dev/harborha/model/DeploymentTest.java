package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private static Deployment repository(String text) {
        return Deployment.of(deployment -> deployment.imageRepository(text));
    }

    private static Deployment image(String service, String reference) {
        return Deployment.of(deployment -> deployment.image(service, reference));
    }

    @Test
    void takesItsDefaults() {
        assertThat(Deployment.DEFAULT)
                .isEqualTo(new Deployment(
                        Delivery.COMPLETE,
                        new AbsolutePath("/opt/harbor"),
                        new AbsolutePath("/data"),
                        "goharbor",
                        Map.of(),
                        Optional.empty()));
    }

    @Test
    void whatIsSaidIsKept() {
        Deployment deployment = Deployment.of(d -> d.installer()
                .installDir("/srv/harbor/")
                .dataVolume("/srv/data")
                .imageRepository("registry.example.com:5000/mirror/goharbor")
                .image("core", "goharbor/harbor-core:v2.14.4")
                .image("core", "goharbor/harbor-core@" + DIGEST)
                .image("trivy-adapter", "x")
                .subnet("10.213.47.0/24"));
        assertThat(deployment)
                .isEqualTo(new Deployment(
                        Delivery.INSTALLER,
                        new AbsolutePath("/srv/harbor"),
                        new AbsolutePath("/srv/data"),
                        "registry.example.com:5000/mirror/goharbor",
                        Map.of("trivy-adapter", "x", "core", "goharbor/harbor-core@" + DIGEST),
                        Optional.of(Subnet.parse("10.213.47.0/24"))));
        assertThat(deployment.images().keySet()).containsExactly("core", "trivy-adapter");
        assertThat(Deployment.of(d -> d.installer().complete()).delivery()).isEqualTo(Delivery.COMPLETE);
        assertThatThrownBy(() -> deployment.images().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"goharbor", "a/b/c", "localhost:5000/x", "Registry.Example.com/a_b", "a__b/c--d", "10.0.0.1/x"})
    void aRepositoryIsKept(String text) {
        assertThat(repository(text).imageRepository()).isEqualTo(text);
    }

    static Stream<Arguments> refusals() {
        String repository = "; use a name like \"goharbor\" or \"registry.example.com/goharbor\".";
        String image = "; use a reference like \"registry.example.com/goharbor/harbor-core:v2.14.4\", perhaps with a"
                + " digest.";
        return Stream.of(
                refused("The repository of images is \"\"" + repository, () -> repository("")),
                refused("The repository of images is \"Goharbor\"" + repository, () -> repository("Goharbor")),
                refused("The repository of images is \"goharbor/\"" + repository, () -> repository("goharbor/")),
                refused("The repository of images is \"goharbor:v1\"" + repository, () -> repository("goharbor:v1")),
                refused("The repository of images is \"https://x/y\"" + repository, () -> repository("https://x/y")),
                refused("The repository of images is \"a b\"" + repository, () -> repository("a b")),
                refused(
                        "The repository of images has 10000 characters; at most 1024 are allowed.",
                        () -> repository("a-".repeat(4999) + "aa")),
                refused(
                        "Harbor has no service \"postgresql\"; its services are log, registry, registryctl, core, portal,"
                                + " jobservice, proxy, trivy-adapter, exporter.",
                        () -> image("postgresql", "x")),
                refused("The image of core is \"\"" + image, () -> image("core", "")),
                refused("The image of core is \"a:\"" + image, () -> image("core", "a:")),
                refused("The image of core is \"a@sha256:0\"" + image, () -> image("core", "a@sha256:0")),
                refused("The image of core is \"a\\u000ab\"" + image, () -> image("core", "a\nb")),
                refused(
                        "\"data\" is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no"
                                + " \"..\".",
                        () -> Deployment.of(deployment -> deployment.dataVolume("data"))));
    }

    private static Arguments refused(String message, Runnable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
