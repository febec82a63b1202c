package dev.harborha.validation.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.ClusterKeysException;
import dev.harborha.model.PublicUrl;
import dev.harborha.model.RedisDatabases;
import dev.harborha.model.S3Storage;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.SharedRedis;
import dev.harborha.validation.BookEntry;
import dev.harborha.validation.Prevention;
import dev.harborha.validation.RuleBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that people really had is somewhere in the book, in a value, or said to be out of a description's reach. */
class PainsTest {

    private static final RuleBook BOOK = HarborHa.create().book();
    private static final int COUNT = 72;

    @TempDir
    Path folder;

    @Test
    void everyPainIsThereOnceAndInOrder() {
        assertThat(Pain.all())
                .extracting(Pain::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, COUNT).boxed().toList());
        assertThat(Pain.numbersOfStatic()).hasSize(62).last().isEqualTo(70);
        assertThat(Pain.all()).extracting(Pain::title).doesNotHaveDuplicates().noneMatch(title -> title.endsWith("."));
    }

    @Test
    void everyPainThatADescriptionCanShowIsFoundOrPreventedOrItIsSaidWhyNot() {
        for (Pain pain : Pain.all()) {
            assertThat(pain.entries().size()
                            + pain.values().size()
                            + pain.reasons().size())
                    .as("what is said of pain %d", pain.number())
                    .isPositive();
            if (!Pain.numbersOfStatic().contains(pain.number())) {
                assertThat(pain.reasons())
                        .as("why pain %d cannot be seen", pain.number())
                        .isNotEmpty();
            }
            assertThat(pain.reasons()).allMatch(reason -> reason.matches("[A-Z].*\\."));
        }
    }

    /** An exception is a pain that a description could show, if it only had the facts: each is a decision. */
    @Test
    void thesePainsAreLeftToReasonsAlone() {
        assertThat(Pain.all().stream()
                        .filter(pain -> Pain.numbersOfStatic().contains(pain.number()))
                        .filter(pain ->
                                pain.entries().isEmpty() && pain.values().isEmpty()))
                .extracting(Pain::number)
                .containsExactly(54);
    }

    @Test
    void everyIdIsInTheBookAndEveryPreventionIsAboutAPain() {
        TreeSet<String> named = new TreeSet<>();
        for (Pain pain : Pain.all()) {
            assertThat(pain.entries())
                    .as("the entries of pain %d", pain.number())
                    .doesNotHaveDuplicates()
                    .allSatisfy(id -> assertThat(BOOK.find(id)).as(id).isPresent());
            named.addAll(pain.entries());
        }
        assertThat(named)
                .containsAll(BOOK.preventions().stream().map(Prevention::id).toList());
    }

    /** For every value that the list names: what it refuses. */
    private Map<Integer, List<ThrowingCallable>> refusals() {
        Map<Integer, List<ThrowingCallable>> refusals = new TreeMap<>();
        refusals.put(
                3,
                List.of(
                        () -> PublicUrl.parse("harbor.example.com"),
                        () -> PublicUrl.parse("https:///"),
                        () -> PublicUrl.parse("https://harbor.example.com/harbor")));
        refusals.put(5, List.of(() -> store("csrf_key", "12345"), () -> store("csrf_key", "x".repeat(33))));
        refusals.put(
                6,
                List.of(
                        () -> store("secretkey", "x".repeat(15)),
                        () -> store("secretkey", "x".repeat(16) + "\n"),
                        () -> store("secretkey", "not-a-secure-key")));
        refusals.put(
                8,
                List.of(
                        () -> new SharedDb.Pool(0, 1, Duration.ZERO, Duration.ZERO),
                        () -> new SharedDb.Pool(50, 51, Duration.ZERO, Duration.ZERO)));
        refusals.put(23, List.of(() -> new RedisDatabases(0, 0, 2, 5, OptionalInt.empty(), OptionalInt.empty()), () -> {
            SharedRedis.of(redis -> redis.address("redis").jobserviceDatabase(0));
        }));
        refusals.put(29, List.of(() -> PublicUrl.parse("harbor.example.com")));
        refusals.put(
                35,
                List.of(
                        () -> SharedFilesystem.of(
                                share -> share.path("/mnt/harbor").source("/mnt/disk")),
                        () -> SharedFilesystem.of(share -> share.path("/mnt/harbor"))));
        refusals.put(
                39,
                List.of(
                        () -> S3Storage.of(s3 -> s3.bucket("layers")),
                        () -> S3Storage.of(s3 -> s3.bucket("layers").region("")),
                        () -> S3Storage.of(
                                s3 -> s3.bucket("layers").region("eu-west-1").chunkSize(1 << 20)),
                        () -> S3Storage.of(
                                s3 -> s3.bucket("layers").region("eu-west-1").multipartCopyChunkSize(6L << 30))));
        refusals.put(
                55, List.of(() -> SharedRedis.of(redis -> redis.address("redis").username("harbor"))));
        refusals.put(
                60,
                List.of(() ->
                        store("private_key.pem", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n")));
        return refusals;
    }

    private ClusterKeys store(String name, String content) {
        try {
            Path store = Files.createTempDirectory(folder, "store");
            Path file = Files.writeString(store.resolve(name), content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return ClusterKeys.loadOrGenerate(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyValueRefusesWhatTheListSays() {
        Map<Integer, List<ThrowingCallable>> refusals = refusals();
        assertThat(Pain.all().stream().filter(pain -> !pain.values().isEmpty()).map(Pain::number))
                .containsExactlyElementsOf(refusals.keySet());
        refusals.forEach((number, calls) -> {
            for (ThrowingCallable call : calls) {
                assertThatCode(call)
                        .as("a value of pain %d", number)
                        .isInstanceOfAny(IllegalArgumentException.class, ClusterKeysException.class)
                        .hasMessageEndingWith(".");
            }
        });
    }

    /** The error texts that people search for most. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unauthorized: authentication required",
                "crypto/rsa: verification error",
                "token signed by untrusted key",
                "CSRF token invalid",
                "invalid CSRF key length",
                "Retrying in",
                "unknown blob",
                "blob upload unknown",
                "413 Request Entity Too Large",
                "State mismatch",
                "LDAP Result Code 49",
                "Dirty database version",
                "sorry, too many clients already",
                "token is not valid yet",
                "MOVED",
                "WRONGPASS",
                "LOADING Redis",
                "failed to initialize logging driver: dial tcp 127.0.0.1:1514",
                "host not found in upstream \"core:8080\"",
                "unable to get PrivateKey from PEM type",
                "http status code: 401, body:",
                "no locks available"
            })
    void anErrorTextIsExplained(String text) {
        assertThat(BOOK.explain(text)).isNotEmpty();
    }

    /** Whole lines, as a log has them, and an entry that must be among those found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MOVED 11633 10.0.0.5:6379 | redis.cluster-mode",
                "[ERROR] [token.go:68]: parse token error, crypto/rsa: verification error | bundle.token-keys-differ",
                "8f4e2c1a: Retrying in 5 seconds | prevented.uploads-sent-to-http",
                "panic: Dirty database version 30. Fix and force version. | version.upgrade-skips-releases",
                "pq: sorry, too many clients already | db.connection-budget-exceeded",
                "{\"code\":\"BLOB_UPLOAD_INVALID\",\"message\":\"blob upload invalid\"} | bundle.upload-secrets-differ",
                "LOADING Redis is loading the dataset in memory | prevented.core-stays-down",
                "[emerg] host not found in upstream \"core:8080\" in /etc/nginx/nginx.conf:23 | prevented.containers-stay-down",
                "x509: certificate is valid for node-1.example.com, not harbor.example.com | tls.name-not-covered",
                "400 missing required Host header | prevented.health-check-never-fails",
                "KeyError: 'disable' | prevented.redirect-key-renamed"
            })
    void aWholeLineIsExplained(String line, String id) {
        assertThat(BOOK.explain(line)).extracting(BookEntry::id).contains(id);
    }
}
