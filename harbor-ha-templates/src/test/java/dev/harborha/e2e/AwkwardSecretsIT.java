package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.HarborVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the password of Redis and the keys of the bucket are made of, the registries hand them over as they are. */
@Timeout(60)
class AwkwardSecretsIT {

    @TempDir
    Path folder;

    /** The protocol of S3 sends the access key in a header between commas and slashes, so it has less of a choice. */
    static Stream<Arguments> secrets() {
        return AwkwardPasswords.ALL.stream().map(text -> {
            String accessKey = text.replaceAll("[^!-~]|[,/=]", "");
            return Arguments.of(text, accessKey.isEmpty() ? "0123456789" : accessKey);
        });
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void arrive(String text, String accessKey) throws IOException {
        RegistryPair.Setup setup =
                new RegistryPair.Setup(HarborVersion.newest(), RedisAccess.password(text), 1, c -> {});
        try (RegistryPair pair =
                RegistryPair.prepare(folder, (ports, place) -> SharedStore.s3(ports, place, accessKey, text), setup)) {
            RegistryNode one = pair.start();
            RegistryNode two = pair.start();
            Image image = Image.of(35, 1_000);

            pair.client(one).push(one.credentials(), "library/app", "1.0", image);

            RegistryClient other = pair.client(two);
            assertThat(other.manifest(two.credentials(), "library/app", "1.0"))
                    .as(pair.logs())
                    .isEqualTo(image.manifest());
            for (byte[] blob : image.blobs()) {
                assertThat(other.blob(two.credentials(), "library/app", Image.digest(blob)))
                        .isEqualTo(blob);
            }
            assertThat(pair.redis().keys()).as(pair.logs()).containsOnlyKeys(1);
        }
    }
}
