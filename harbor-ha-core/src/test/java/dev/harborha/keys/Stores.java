package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Key stores on disk, as tests need them. */
final class Stores {

    /** Two sets of keys, drawn once for all tests. */
    static final ClusterKeys KEYS = ClusterKeys.generate(2048);

    static final ClusterKeys OTHER_KEYS = ClusterKeys.generate(2048);

    private Stores() {}

    static Map<Member, String> values(ClusterKeys keys) {
        Map<Member, String> values = new EnumMap<>(Member.class);
        values.put(Member.PRIVATE_KEY, keys.tokenKey().reveal());
        values.put(Member.ROOT_CRT, keys.tokenCertificate());
        values.put(Member.SECRETKEY, keys.secretKey().reveal());
        values.put(Member.UI_SECRET, keys.uiSecret().reveal());
        values.put(Member.CORE_SECRET, keys.coreSecret().reveal());
        values.put(Member.JOBSERVICE_SECRET, keys.jobserviceSecret().reveal());
        values.put(Member.CSRF_KEY, keys.csrfKey().reveal());
        values.put(Member.REGISTRY_PASSWORD, keys.registryPassword().reveal());
        values.put(Member.REGISTRY_HTPASSWD, keys.registryHtpasswd().reveal());
        values.put(Member.ROBOT_SCANNER_NAME_PREFIX, keys.robotScannerNamePrefix());
        values.put(Member.REGISTRY_HTTP_SECRET, keys.registryHttpSecret().reveal());
        return values;
    }

    /** Returns a hash over all values, those of internal TLS too. */
    static String digest(ClusterKeys keys) {
        List<String> all = new ArrayList<>(values(keys).values());
        keys.internalTls().ifPresent(tls -> all.addAll(tls.values().values()));
        return TokenPair.fingerprint(String.join("\0", all).getBytes(StandardCharsets.UTF_8));
    }

    static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        return chmod(folder, "rwx------");
    }

    static Path chmod(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Puts a file of mode 600 there. */
    static Path put(Path folder, String name, String content) throws IOException {
        return put(folder, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path put(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return chmod(file, "rw-------");
    }

    static Path put(Path folder, Member member) throws IOException {
        return put(folder, member.fileName(), values(KEYS).getOrDefault(member, ""));
    }

    /** Returns everything in a folder and below: the mode and content of each file. */
    static Map<String, String> snapshot(Path folder) throws IOException {
        Map<String, String> snapshot = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return snapshot;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.skip(1)::iterator) {
                String content = Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
                snapshot.put(folder.relativize(file).toString(), mode(file) + " " + content);
            }
        }
        return snapshot;
    }

    static List<String> names(Path folder) throws IOException {
        return new ArrayList<>(snapshot(folder).keySet());
    }

    /** Returns why a use of a folder is refused, and makes sure that it changed nothing and told nothing. */
    static String refusal(Path folder, ThrowingCallable use) throws IOException {
        Map<String, String> before = snapshot(folder);
        ClusterKeysException refusal = catchThrowableOfType(ClusterKeysException.class, use);
        assertThat(refusal).as("a refusal").isNotNull();
        String message = String.valueOf(refusal.getMessage());
        assertThat(snapshot(folder)).as("the folder after: " + message).isEqualTo(before);
        assertThat(message).endsWith(".").doesNotContain("\n");
        before.forEach((name, entry) -> {
            if (Member.named(name) != null || TlsMember.named(name.substring(name.indexOf('/') + 1)) != null) {
                assertTellsNothing(message, entry.substring(10));
            }
        });
        return message;
    }

    private static void assertTellsNothing(String message, String content) {
        for (String line : content.lines().toList()) {
            if (line.length() > 7 && !line.startsWith("-----")) {
                assertThat(message).doesNotContain(line);
            }
        }
    }

    static String read(Path folder, Member member) {
        try {
            return Files.readString(folder.resolve(member.fileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
