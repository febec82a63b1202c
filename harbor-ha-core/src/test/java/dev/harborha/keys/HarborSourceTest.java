package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the list of published keys against Harbor's own source, a git folder named by {@code harborha.harborSource}. */
class HarborSourceTest {

    @TempDir
    Path temp;

    private static String show(String release, String path) throws Exception {
        String source = System.getProperty("harborha.harborSource", "");
        assumeTrue(!source.isEmpty(), "harborha.harborSource is not set");
        OutsideProgram.require("git", "--version");
        return OutsideProgram.run("git", "-C", source, "show", release + ":" + path)
                .requireSuccess()
                .output();
    }

    @ParameterizedTest
    @CsvSource({
        "0.1.0, Deploy/config",
        "0.3.0, Deploy/config",
        "0.5.0, make/common/templates",
        "v1.6.3, make/common/templates"
    })
    void thePublishedPairIsRefused(String release, String path) throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("keys"));
        Path key = Stores.put(folder, "private_key.pem", show(release, path + "/ui/private_key.pem"));
        Stores.put(folder, "root.crt", show(release, path + "/registry/root.crt"));
        assertThat(Stores.refusal(folder, () -> ClusterKeys.loadOrGenerate(folder)))
                .isEqualTo(
                        key + " is the key that Harbor publishes in its source tree, so that everybody can sign tokens"
                                + " with it; remove it and root.crt, and their lines in store, so that a new pair is drawn.");
    }

    @Test
    void theyAreAPair() throws Exception {
        TokenPair checks = new TokenPair(java.util.Set.of());
        byte[] key = checks.requireKey(show("0.5.0", "make/common/templates/ui/private_key.pem"));
        checks.requireCertificate(show("0.5.0", "make/common/templates/registry/root.crt"), key);
        assertThat(TokenPair.PUBLISHED).contains(TokenPair.fingerprint(key));
    }
}
