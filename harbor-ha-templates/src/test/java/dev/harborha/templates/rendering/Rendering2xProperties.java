package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.Node;
import dev.harborha.model.Releases;
import dev.harborha.model.Storage;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.testing.Clusters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** What holds for the files of every sound cluster of Harbor 2.x, whichever of the releases, in both ways of delivery. */
class Rendering2xProperties {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final int TRIES = 60;
    private static final List<HarborVersion> RELEASES = HarborVersion.SUPPORTED.stream()
            .filter(release -> release.major() == 2)
            .toList();

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound2x();
    }

    @Provide
    Arbitrary<Cluster> installed() {
        return Arbitraries.of(RELEASES).flatMap(release -> Clusters.sound2x(release, Delivery.INSTALLER));
    }

    /** A cluster, and what becomes of it when nothing but its release is changed for a later one. */
    @Provide
    Arbitrary<Tuple2<Cluster, Cluster>> upgrades() {
        return Combinators.combine(Clusters.sound2x(), Arbitraries.of(RELEASES))
                .filter((cluster, later) -> cluster.harbor().isBefore(later))
                .as((cluster, later) ->
                        Tuple.of(cluster, cluster.toBuilder().harbor(later).build()))
                .filter(pair -> !TestKeys.HARBOR.check(pair.get2()).hasErrors());
    }

    private static Bundle render(Cluster cluster) {
        return TestKeys.HARBOR.render(cluster, KEYS);
    }

    private static List<Node2x> nodes(Cluster cluster) {
        Bundle bundle = render(cluster);
        return cluster.nodes().stream()
                .map(node -> Node2x.of(bundle, cluster, node))
                .toList();
    }

    /** The generator leaves out no release and no kind of storage, and each is rendered in both ways. */
    @Example
    void everyReleaseAndEveryKindOfStorageIsRenderedInBothWays() {
        Set<Object> storages = new HashSet<>();
        for (HarborVersion release : RELEASES) {
            for (Delivery delivery : Delivery.values()) {
                Cluster cluster = Clusters.sound2x(release, delivery).sample();
                for (Node2x node : nodes(cluster)) {
                    assertThat(node.yaml("registry/config.yml").path("storage").fieldNames())
                            .toIterable()
                            .contains(cluster.storage().driver());
                    assertThat(node.env("core"))
                            .containsEntry(
                                    "REGISTRY_STORAGE_PROVIDER_NAME",
                                    cluster.storage().driver());
                }
                storages.add(cluster.storage().getClass());
            }
        }
        assertThat(storages).containsExactlyInAnyOrder((Object[]) Storage.class.getPermittedSubclasses());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void allNodesHaveOneSetOfKeys(@ForAll("clusters") Cluster cluster) {
        List<Node2x> nodes = nodes(cluster);
        SortedMap<String, String> keys = nodes.get(0).keys();
        assertThat(keys)
                .containsEntry("keys/secretkey", KEYS.secretKey().reveal())
                .containsEntry("core/private_key.pem", KEYS.tokenKey().reveal())
                .containsEntry("registry/root.crt", KEYS.tokenCertificate())
                .containsEntry("registry passwd", KEYS.registryHtpasswd().reveal() + "\n")
                .containsEntry("registry http.secret", KEYS.registryHttpSecret().reveal())
                .containsEntry("core CORE_SECRET", KEYS.coreSecret().reveal())
                .containsEntry("core JOBSERVICE_SECRET", KEYS.jobserviceSecret().reveal())
                .containsEntry("core CSRF_KEY", KEYS.csrfKey().reveal())
                .containsEntry(
                        "core REGISTRY_CREDENTIAL_PASSWORD",
                        KEYS.registryPassword().reveal())
                .containsEntry(
                        "core HARBOR_ADMIN_PASSWORD", cluster.adminPassword().reveal())
                .containsEntry("jobservice CORE_SECRET", KEYS.coreSecret().reveal())
                .containsEntry(
                        "jobservice JOBSERVICE_SECRET", KEYS.jobserviceSecret().reveal())
                .containsEntry("registryctl CORE_SECRET", KEYS.coreSecret().reveal())
                .containsEntry(
                        "registryctl JOBSERVICE_SECRET", KEYS.jobserviceSecret().reveal());
        if (Releases.since("2.8.0").contains(cluster.harbor())) {
            assertThat(keys).containsEntry("core ROBOT_SCANNER_NAME_PREFIX", KEYS.robotScannerNamePrefix());
        }
        for (Node2x node : nodes) {
            assertThat(node.keys()).isEqualTo(keys);
        }
    }

    /** Nodes that listen on the same port differ in nothing at all; otherwise only in the files that publish the port. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void nodesDifferInTheirPortsAlone(@ForAll("clusters") Cluster cluster) {
        boolean complete = cluster.deployment().delivery() == Delivery.COMPLETE;
        Set<String> publish = complete
                ? Set.of("docker-compose.yml", "common/config/nginx/nginx.conf")
                : Set.of("harbor.yml", "harbor-ha/nginx/nginx.conf");
        List<Node2x> nodes = nodes(cluster);
        for (int i = 1; i < nodes.size(); i++) {
            Node2x one = nodes.get(0);
            Node2x other = nodes.get(i);
            boolean samePort = cluster.portOf(cluster.nodes().get(0))
                    == cluster.portOf(cluster.nodes().get(i));
            assertThat(other.paths()).isEqualTo(one.paths());
            for (String path : one.paths()) {
                if (samePort || publish.stream().noneMatch(path::endsWith)) {
                    assertThat(other.text(path)).as(path).isEqualTo(one.text(path));
                }
            }
            if (!samePort) {
                String mustDiffer = complete ? "docker-compose.yml" : "harbor.yml";
                assertThat(other.installed(mustDiffer)).isNotEqualTo(one.installed(mustDiffer));
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void clientsAreSentToOneAddress(@ForAll("clusters") Cluster cluster) {
        for (Node2x node : nodes(cluster)) {
            assertThat(node.env("core"))
                    .containsEntry("EXT_ENDPOINT", cluster.publicUrl().toString());
            if (cluster.deployment().delivery() == Delivery.INSTALLER) {
                JsonNode yml = PythonJudge.tree(NodeFiles.yaml(node.installed("harbor.yml")));
                assertThat(yml.path("external_url").asText())
                        .isEqualTo(cluster.publicUrl().toString());
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theStorageIsWhatTheRegistryIsTold(@ForAll("clusters") Cluster cluster) {
        JsonNode storage = nodes(cluster).get(0).yaml("registry/config.yml").path("storage");
        assertThat(storage.path(cluster.storage().driver()))
                .isEqualTo(PythonJudge.tree(ExpectedStorage.of(cluster.storage(), "/etc/registry/gcs.key")));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void upgradingKeepsEverySecret(@ForAll("upgrades") Tuple2<Cluster, Cluster> upgrade) {
        SortedMap<String, String> before = nodes(upgrade.get1()).get(0).keys();
        SortedMap<String, String> after = nodes(upgrade.get2()).get(0).keys();
        // A later release may read more of them.
        assertThat(after).containsAllEntriesOf(before);
        Set<String> more = new TreeSet<>(after.keySet());
        more.removeAll(before.keySet());
        assertThat(more).isSubsetOf("core ROBOT_SCANNER_NAME_PREFIX");
    }

    /** A change of the way in which files come to the nodes leaves what the components are told as it is. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void bothWaysTellTheComponentsTheSame(@ForAll("installed") Cluster cluster) {
        Cluster complete = cluster.toBuilder()
                .deployment(d -> d.complete()
                        .installDir(cluster.deployment().installDir().text())
                        .dataVolume(cluster.deployment().dataVolume().text()))
                .build();
        Node2x installed = nodes(cluster).get(0);
        Node2x laidDown = nodes(complete).get(0);
        for (String service : List.of("core", "jobservice", "registryctl")) {
            assertThat(installed.env(service)).isEqualTo(laidDown.env(service));
        }
        for (String file : List.of("registry/config.yml", "registry/passwd", "jobservice/config.yml")) {
            assertThat(installed.config(file)).isEqualTo(laidDown.config(file));
        }
    }

    /** What is rendered for a node goes nowhere else on it than where Harbor lies. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void filesLieWhereHarborLies(@ForAll("clusters") Cluster cluster) {
        List<String> places = List.of(
                cluster.deployment().installDir() + "/",
                cluster.deployment().dataVolume() + "/",
                "/etc/systemd/system/harbor.service",
                "/etc/chrony/sources.d/harbor.sources",
                "/install.sh");
        for (RenderedFile file : render(cluster).files()) {
            for (Node node : cluster.nodes()) {
                String machine = "nodes/" + node.name();
                if (file.path().startsWith(machine + "/")) {
                    String path = file.path().substring(machine.length());
                    assertThat(places).as(path).anyMatch(path::startsWith);
                }
            }
        }
    }
}
