package dev.harborha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.harborha.audit.BundleRule;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SampleCluster;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The entrance, without the built-in renderers, which are in another module. */
class HarborHaTest {

    private static final ClusterKeys KEYS = ClusterKeys.generate(2048);
    private static final ModelPath PLACE = ModelPath.cluster().child("nodes");

    private static RuleInfo info(String id, Severity severity) {
        return RuleInfo.of(
                id,
                severity,
                rule -> rule.title("A defect").why("It hurts.").fix("Mend it.").sources("https://example.com/why"));
    }

    private static Rule rule(String id, Severity severity) {
        return Rule.of(info(id, severity), cluster -> List.of(new Problem(PLACE, "It is so.", "Mend it.")));
    }

    private static BundleRule bundleRule(String id, Severity severity) {
        return BundleRule.of(
                info(id, severity), bundle -> List.of(new Problem(ModelPath.file("a"), "It is so.", "Mend it.")));
    }

    /** A renderer of one file. */
    private record OneFile(String name, String path, boolean supports, List<RenderContext> asked) implements Renderer {

        OneFile(String name, String path) {
            this(name, path, true, new ArrayList<>());
        }

        @Override
        public boolean supports(Cluster cluster) {
            return supports;
        }

        @Override
        public List<RenderedFile> render(RenderContext context) {
            asked.add(context);
            return List.of(RenderedFile.open(path, name));
        }
    }

    @Test
    void whatRenderersWriteIsTheBundle() {
        OneFile one = new OneFile("one", "a");
        OneFile none = new OneFile("none", "c", false, new ArrayList<>());
        Cluster cluster = SampleCluster.sound();
        assertThat(HarborHa.create()
                        .with(one)
                        .with(new OneFile("two", "b"))
                        .with(none)
                        .render(cluster, KEYS)
                        .files())
                .containsExactly(RenderedFile.open("a", "one"), RenderedFile.open("b", "two"));
        assertThat(one.asked()).containsExactly(new RenderContext(cluster, KEYS));
        assertThat(none.asked()).isEmpty();
    }

    @Test
    void withoutARendererTheMissingModuleIsNamed() {
        String message =
                "No renderer for this cluster is on the class path; add dev.harborha:harbor-ha-templates to it.";
        assertThatThrownBy(() -> HarborHa.create().render(SampleCluster.sound(), KEYS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        HarborHa unsupported = HarborHa.create().with(new OneFile("none", "c", false, new ArrayList<>()));
        assertThatThrownBy(() -> unsupported.render(SampleCluster.sound(), KEYS))
                .hasMessage(message);
    }

    @Test
    void twoRenderersOfOneNameOrOneFileAreRefused() {
        HarborHa harbor = HarborHa.create().with(new OneFile("one", "a"));
        assertThatThrownBy(() -> harbor.with(new OneFile("one", "b")).render(SampleCluster.sound(), KEYS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Two renderers are called one; give yours another name().");
        assertThatThrownBy(() -> harbor.with(new OneFile("two", "a")).render(SampleCluster.sound(), KEYS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The renderers one and two both write a; remove one of them.");
    }

    @Test
    void nothingIsRenderedWhileAnErrorStands() {
        OneFile renderer = new OneFile("one", "a");
        HarborHa harbor = HarborHa.create().with(renderer);
        Cluster cluster = SampleCluster.with(c -> c.publicUrl("https://10.0.0.11")
                .adminPassword(Secret.literal("se same "))
                .waive("url.node-address", "why not"));
        InvalidClusterException refusal =
                catchThrowableOfType(InvalidClusterException.class, () -> harbor.render(cluster, KEYS));
        assertThat(refusal).hasMessage("""
                        The cluster cannot be rendered:
                          ERROR url.node-address cluster.publicUrl: The public URL is https://10.0.0.11, which is the node \
                        harbor-1. Fix: Set .publicUrl(…) to the name or address of the load balancer.
                          ERROR url.private-address cluster.publicUrl: The public URL is https://10.0.0.11, a private \
                        address; clients outside could not fetch a token from https://10.0.0.11/service/token. Fix: Set \
                        .publicUrl(…) to the name or address under which clients reach the load balancer, or call \
                        .privateNetwork() if all clients are inside.
                          ERROR value.lost-by-reader cluster.adminPassword: The value has blanks at its ends; Harbor 0.5's \
                        prepare would change it or cut it off. Fix: Choose a value of printable ASCII without it; letters, \
                        digits and . _ - + / = are safe everywhere.""");
        assertThat(refusal.report()).isEqualTo(harbor.check(cluster));
        assertThat(refusal.report().of(Severity.WARNING))
                .extracting(Finding::id)
                .contains("waiver.of-error");
        assertThat(refusal.getMessage() + refusal.report()).doesNotContain("same ");
        assertThat(renderer.asked()).isEmpty();
    }

    @Test
    void allSecretsWithoutAValueAreNamedAtOnce() {
        OneFile renderer = new OneFile("one", "a");
        Cluster cluster = SampleCluster.with(c -> c.adminPassword(Secret.fromEnv("ADMIN", Map.of()))
                .database(db -> db.address("db.example.com").password(Secret.fromEnv("DB", Map.of("DB", ""))))
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .credentials(Secret.of("known"), Secret.fromFile(Path.of("/no/such/file")))));
        UnresolvedSecretsException refusal = catchThrowableOfType(
                UnresolvedSecretsException.class,
                () -> HarborHa.create().with(renderer).render(cluster, KEYS));
        assertThat(refusal)
                .hasMessage("Secrets have no value: cluster.adminPassword (the environment variable ADMIN is not set),"
                        + " cluster.database.password (the environment variable DB is empty), cluster.storage.s3.secretKey"
                        + " (the file /no/such/file does not exist). Set them and render again.");
        assertThat(refusal.paths())
                .containsExactly("cluster.adminPassword", "cluster.database.password", "cluster.storage.s3.secretKey");
        assertThat(renderer.asked()).isEmpty();
    }

    @Test
    void aSecretThatNobodyAsksForIsNamedToo() {
        Cluster cluster = SampleCluster.with(c -> c.adminPassword(Secret.fromEnv("ADMIN", Map.of())));
        assertThat(HarborHa.create().check(cluster).hasErrors()).isFalse();
        assertThatThrownBy(() -> HarborHa.create().render(cluster, KEYS))
                .isInstanceOf(UnresolvedSecretsException.class)
                .hasMessage(
                        "Secrets have no value: cluster.adminPassword (the environment variable ADMIN is not set). Set"
                                + " them and render again.");
    }

    @Test
    void anOwnRuleIsAskedAndMayForbidRendering() {
        HarborHa harbor = HarborHa.create().with(new OneFile("one", "a")).with(rule("own.defect", Severity.ERROR));
        assertThat(harbor.rules().find("own.defect")).isPresent();
        assertThat(harbor.check(SampleCluster.sound()).of(Severity.ERROR))
                .extracting(Finding::id)
                .containsExactly("own.defect");
        assertThatThrownBy(() -> harbor.render(SampleCluster.sound(), KEYS))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessage("The cluster cannot be rendered:\n"
                        + "  ERROR own.defect cluster.nodes: It is so. Fix: Mend it.");
        assertThat(HarborHa.create().rules().find("own.defect"))
                .as("the instance before")
                .isEmpty();
    }

    @Test
    void anOwnWarningDoesNotForbidRendering() {
        HarborHa harbor = HarborHa.create()
                .with(new OneFile("one", "a"))
                .with(rule("own.defect", Severity.WARNING))
                .with(bundleRule("own.bundle-defect", Severity.WARNING));
        assertThat(harbor.render(SampleCluster.sound(), KEYS).get("a")).isPresent();
    }

    @Test
    void anOwnBundleRuleMayForbidWhatWasRendered() {
        HarborHa harbor =
                HarborHa.create().with(new OneFile("one", "a")).with(bundleRule("own.bundle-defect", Severity.ERROR));
        assertThatThrownBy(() -> harbor.render(SampleCluster.sound(), KEYS))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessage("The rendered files do not fit together:\n"
                        + "  ERROR own.bundle-defect a: It is so. Fix: Mend it.");
    }

    @Test
    void twoRulesOfOneIdAreRefused() {
        assertThatThrownBy(() -> HarborHa.create().with(rule("url.plain-http", Severity.NOTE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two rules have the id url.plain-http; give yours another one.");
        assertThatThrownBy(() -> HarborHa.create().with(bundleRule("bundle.realms-differ", Severity.NOTE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two rules have the id bundle.realms-differ; give yours another one.");
    }
}
