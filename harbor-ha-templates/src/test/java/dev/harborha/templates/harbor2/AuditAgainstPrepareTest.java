package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Node;
import dev.harborha.prepare.HarborSource;
import dev.harborha.prepare.Prepared;
import dev.harborha.prepare.RealPrepare;
import dev.harborha.render.Bundle;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.TestKeys;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules on files find where Harbor's own {@code prepare} wrote them. */
class AuditAgainstPrepareTest {

    private static final int RELEASES = 5;
    private static final String INSTALL = "/opt/harbor";

    /** Since then the nginx of a node lets the load balancer's word on http or https through. */
    private static final String HEADER_PASSED_ON = "2.3.0";

    @TempDir
    Path folder;

    @BeforeAll
    static void harbor() {
        HarborSource.require();
    }

    /** Returns a handful of releases, the oldest and the newest among them. */
    static List<HarborVersion> releases() {
        List<HarborVersion> all = HarborSource.require().releasesThatDiffer();
        return new TreeSet<>(IntStream.range(0, RELEASES)
                        .mapToObj(i -> all.get(i * (all.size() - 1) / (RELEASES - 1)))
                        .toList())
                .stream().toList();
    }

    private static Cluster cluster(HarborVersion release) {
        return Cluster.of(c -> c.harbor(release)
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .database(db -> db.address("pg.example.com")
                        .password(Secret.of("database-password"))
                        .maxConnections(500))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of("redis-password")))
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .credentials(Secret.of("s3-access-key"), Secret.of("s3-secret-key")))
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .adminPassword(Secret.of("admin-password"))
                .deployment(d -> d.installer()));
    }

    /** Returns what prepare left on a node, as files of a bundle. */
    private static SortedMap<String, RenderedFile> files(Node node, Prepared prepared) {
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        prepared.files().forEach((path, text) -> {
            Prepared.Access access = prepared.access().get(path);
            boolean closed = access != null
                    && !access.mode().endsWith("4")
                    && !access.mode().endsWith("5");
            String place = "nodes/" + node.name() + (path.startsWith("data/") ? "/" : INSTALL + "/") + path;
            Owner owner = access == null ? Owner.ROOT : new Owner(access.uid(), access.gid());
            files.put(place, new RenderedFile(place, text, closed ? Mode.PRIVATE : Mode.PUBLIC, owner, closed));
        });
        return files;
    }

    private static Set<String> ids(Report report, Severity severity) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Report audit(Map<String, RenderedFile> files) {
        return TestKeys.HARBOR.audit(Bundle.of(Map.of("prepared", List.copyOf(files.values()))));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void nodesThatWerePreparedEachByItselfDisagree(HarborVersion release) throws IOException {
        Cluster cluster = cluster(release);
        Bundle rendered = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        for (Node node : cluster.nodes()) {
            String yml = "nodes/" + node.name() + INSTALL + "/harbor.yml";
            RenderedFile harborYml = rendered.get(yml).orElseThrow();
            files.put(yml, harborYml);
            Path home = Files.createDirectory(folder.resolve(node.name()));
            files.putAll(files(
                    node, RealPrepare.of(release, harborYml.content()).run(home).succeeded()));
        }
        Report report = audit(files);
        Set<String> expected = new TreeSet<>(
                Set.of("bundle.environments-differ", "bundle.secret-keys-differ", "bundle.token-keys-differ"));
        if (release.isBefore(HarborVersion.parse(HEADER_PASSED_ON))) {
            expected.add("bundle.forwarded-proto-overwritten");
        }
        if (files.values().stream().anyMatch(file -> file.content().startsWith("-----BEGIN PRIVATE KEY-----"))) {
            // OpenSSL 3 of this machine, where prepare does not ask for the traditional form; its image had an older
            // one.
            expected.add("bundle.token-key-unfit");
        }
        assertThat(ids(report, Severity.ERROR)).as(report.toString()).isEqualTo(expected);
        assertThat(report.findings())
                .extracting(finding -> finding.problem().message())
                .anyMatch(message -> message.startsWith("The value of CSRF_KEY differs"))
                .anyMatch(message -> message.startsWith("The value of JOBSERVICE_SECRET differs"));
        assertThat(report.findings())
                .filteredOn(finding -> finding.id().equals("bundle.secret-published"))
                .extracting(finding -> finding.problem().message())
                .hasSize(2)
                .allMatch("The value of http.secret is the one that Harbor ships."::equals);
        assertThat(report.toString()).doesNotContain("-password", "s3-secret-key", "-----BEGIN");
    }

    /** The override wins over what prepare drew, as it does with Docker Compose. */
    @ParameterizedTest
    @MethodSource("releases")
    void nodesOfTheInstallersWayAgree(HarborVersion release) throws IOException {
        Cluster cluster = cluster(release);
        Bundle rendered = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        for (Node node : cluster.nodes()) {
            Path home = Files.createDirectory(folder.resolve("installed-" + node.name()));
            files.putAll(files(
                    node,
                    PreparedNode.prepare(cluster, TestKeys.KEYS, node).run(home).succeeded()));
        }
        rendered.files().forEach(file -> files.put(file.path(), file));
        Report report = audit(files);
        assertThat(ids(report, Severity.ERROR)).as(report.toString()).isEmpty();
        assertThat(ids(report, Severity.WARNING)).as(report.toString()).isEmpty();
    }
}
