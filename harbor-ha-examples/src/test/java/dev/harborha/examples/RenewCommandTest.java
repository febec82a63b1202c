package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewCommandTest {

    private static final ClusterKeys KEYS = SampleKeys.KEYS.withInternalTls();

    @TempDir
    Path folder;

    private Path store() {
        Path store = folder.resolve("keys");
        KEYS.save(store);
        return store;
    }

    private static void refused(Path store, String said) {
        Map<String, String> before = TextFiles.tree(store);
        Run run = Run.of("renew", store);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo(said + "\n");
        assertThat(TextFiles.tree(store)).isEqualTo(before);
    }

    @Test
    void newCertificatesComeFromTheSameAuthority() {
        Path store = store();
        Run run = Run.of("renew", store);
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        ClusterKeys renewed = ClusterKeys.load(store);
        assertThat(run.err())
                .isEqualTo("Renewed the certificates in " + store + "; they run out on " + KeysFolder.lastDay(renewed)
                        + ". Render again, and go through the nodes one after the other.\n");
        assertThat(renewed.internalTls()).isPresent().isNotEqualTo(KEYS.internalTls());
        assertThat(renewed.internalTls().orElseThrow().caCertificate())
                .isEqualTo(KEYS.internalTls().orElseThrow().caCertificate());
        assertThat(renewed.tokenKey()).isEqualTo(KEYS.tokenKey());
    }

    @Test
    void theNextRenderPutsThemOnEveryNode() {
        Path file = Run.sample(folder);
        TextFiles.replace(file, "# internalTls: true", "internalTls: true");
        Path store = store();
        Path out = folder.resolve("out");
        Run.of("render", file, "-o", out);
        Run.of("renew", store);

        Run render = Run.of("render", file, "-o", out, "--dry-run");
        assertThat(render.code()).isZero();
        assertThat(render.out())
                .contains("change  nodes/harbor-1/data/secret/tls/core.crt\n")
                .contains("change  nodes/harbor-2/data/secret/tls/proxy.key\n")
                .doesNotContain("harbor_internal_ca.crt", "secretkey");
    }

    @Test
    void withoutAStoreNothingIsMade() {
        Path none = folder.resolve("none");
        refused(
                none,
                "There is no key store with certificates for TLS between the containers at " + none
                        + "; harbor-ha render makes them for a cluster with internalTls: true.");
        assertThat(none).doesNotExist();
    }

    @Test
    void aStoreOfAClusterWithoutInternalTlsIsLeftAlone() {
        Path store = folder.resolve("keys");
        SampleKeys.KEYS.save(store);
        refused(
                store,
                "There is no key store with certificates for TLS between the containers at " + store
                        + "; harbor-ha render makes them for a cluster with internalTls: true.");
    }

    @Test
    void anAuthorityThatIsKeptElsewhereCannotSign() throws IOException {
        Path drawn = store().resolve("internal_tls");
        Path store = folder.resolve("supplied");
        SampleKeys.KEYS.save(store);
        Files.move(drawn, store.resolve("internal_tls"));
        Files.delete(store.resolve("internal_tls/store"));
        Files.delete(store.resolve("internal_tls/harbor_internal_ca.key"));
        assertThat(ClusterKeys.loadOrGenerateWithInternalTls(store).internalTls())
                .isPresent();

        refused(
                store,
                store.resolve("internal_tls")
                        + " lacks harbor_internal_ca.key, without which no new certificates can be drawn; put new pairs,"
                        + " signed by the CA in harbor_internal_ca.crt, over the old ones, or put that CA's key there.");
    }

    @Test
    void whatIsNoFolderIsRefused() {
        Path file = folder.resolve("file");
        TextFiles.write(file, "");
        Run run = Run.of("renew", file);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(file + " is no folder").hasLineCount(1);
        assertThat(Run.of("renew", "").err()).contains("a path must not be blank.");
    }
}
