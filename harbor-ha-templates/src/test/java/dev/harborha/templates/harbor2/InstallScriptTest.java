package dev.harborha.templates.harbor2;

import static dev.harborha.templates.harbor2.InstalledMachine.file;
import static dev.harborha.templates.harbor2.InstalledMachine.files;
import static dev.harborha.templates.harbor2.InstalledMachine.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.TlsCertificate;
import dev.harborha.render.Bundle;
import dev.harborha.render.Owner;
import dev.harborha.secret.Secret;
import dev.harborha.templates.harbor2.InstalledMachine.Place;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code install.sh} does on a machine, with every shell that a machine may have as {@code /bin/sh}. */
class InstallScriptTest {

    private static final HarborVersion RELEASE = HarborVersion.parse("2.14.4");
    private static final Owner HARBOR = new Owner(10_000, 10_000);
    private static final String KEY = "/data/secret/keys/secretkey";
    private static final String CHRONY = "/etc/chrony/sources.d/harbor.sources";

    @TempDir
    Path folder;

    private InstalledMachine machine;

    @BeforeEach
    void machine() throws IOException {
        machine = new InstalledMachine(folder);
    }

    static List<List<String>> shells() {
        return List.of(List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"));
    }

    /** Those that have files or folders of their own. */
    static List<Scenario> scenarios() {
        Set<String> names = Set.of(
                "s3",
                "https-nodes",
                "minio",
                "shared-filesystem",
                "internal-tls",
                "internal-tls-https-nodes-elsewhere",
                "uaa",
                "images-of-a-mirror");
        List<Scenario> found = Scenario.ALL.stream()
                .filter(scenario -> names.contains(scenario.name()))
                .toList();
        assertThat(found).hasSameSizeAs(names);
        return found;
    }

    private static Cluster cluster(String scenario) {
        return Scenario.ALL.stream()
                .filter(one -> one.name().equals(scenario))
                .findFirst()
                .orElseThrow()
                .in(RELEASE);
    }

    private static List<String> found(List<String> shell) {
        List<String> command = new ArrayList<>(shell);
        command.set(0, Program.require(shell.get(0)).toString());
        return command;
    }

    private static List<String> lines(Program.Result result) {
        return result.output().lines().toList();
    }

    /** Refuses with one line, and leaves the machine as it was. */
    private void refuses(String sentence, String... arguments) throws IOException {
        SortedMap<String, Place> before = machine.places();
        Program.Result result = machine.install(arguments);
        assertThat(result.output()).isEqualTo("install.sh: " + sentence + "\n");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(machine.places()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void everyShellDoesTheSame(List<String> shell) throws IOException {
        List<String> command = found(shell);
        Bundle bundle = machine.copy(cluster("trivy"));
        assertThat(lines(machine.install(command).succeeded()))
                .containsExactlyInAnyOrderElementsOf(rendered(bundle).keySet());
        SortedMap<String, Place> first = machine.places();
        assertThat(files(first)).isEqualTo(rendered(bundle));
        assertThat(machine.install(command).succeeded().output()).isEmpty();
        assertThat(machine.places()).isEqualTo(first);

        Bundle changed = machine.copy(cluster("s3").toBuilder()
                .adminPassword(Secret.of("another-password"))
                .build());
        assertThat(lines(machine.install(command).succeeded()))
                .containsExactlyInAnyOrder(
                        "/opt/harbor/common/config/core/env",
                        "/opt/harbor/docker-compose.yml",
                        "/opt/harbor/common/config/trivy-adapter/env (removed)");
        assertThat(files(machine.places())).isEqualTo(rendered(changed));
        Files.delete(machine.node().resolve("opt/harbor/docker-compose.yml"));
        assertThat(machine.install(command).exitCode()).isEqualTo(1);
        assertThat(machine.install(command, "--force").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aFreshNodeGetsEveryFile(Scenario scenario) throws IOException {
        Cluster cluster = scenario.in(RELEASE);
        SortedMap<String, String> expected = rendered(machine.copy(cluster));
        if (cluster.nodeTls()
                .filter(tls -> tls.certificate() instanceof TlsCertificate.OnMachine)
                .isPresent()) {
            putCertificate(expected);
        }
        machine.install().succeeded();
        SortedMap<String, String> files = files(machine.places());
        files.keySet().removeIf(path -> path.startsWith("/etc/harbor/tls/") || path.endsWith("/.harbor-ha.files"));
        assertThat(files).isEqualTo(expected);
        SortedMap<String, Place> places = machine.places();
        String install = cluster.deployment().installDir().text();
        String data = cluster.deployment().dataVolume().text();
        folder(places, install, Owner.ROOT);
        folder(places, install + "/common/config/core/certificates", Owner.ROOT);
        folder(places, install + "/common/config/shared/trust-certificates", Owner.ROOT);
        folder(places, install + "/common/config/nginx/conf.d", HARBOR);
        folder(places, data, Owner.ROOT);
        folder(places, data + "/secret/keys", Owner.ROOT);
        folder(places, data + "/ca_download", HARBOR);
        folder(places, data + "/job_logs", HARBOR);
        if (cluster.harborYml().trivy().isPresent()) {
            folder(places, data + "/trivy-adapter/trivy", HARBOR);
            folder(places, data + "/trivy-adapter/reports", HARBOR);
        }
        if (scenario.name().equals("shared-filesystem")) {
            assertThat(places).doesNotContainKey("/mnt");
        } else {
            folder(places, data + "/registry", HARBOR);
        }
        assertThat(machine.install().succeeded().output()).isEmpty();
        assertThat(machine.places()).isEqualTo(places);
    }

    private static void folder(SortedMap<String, Place> places, String path, Owner owner) {
        Place place = places.get(path);
        assertThat(place).as(path).isNotNull();
        assertThat(place.what() + " " + place.mode() + " " + place.owner())
                .as(path)
                .isEqualTo("folder 755 " + owner);
    }

    private void putCertificate(SortedMap<String, String> expected) throws IOException {
        machine.put("/etc/harbor/tls/harbor.crt", Scenario.PEM);
        machine.put("/etc/harbor/tls/harbor.key", TestKeys.certificateKey().reveal());
        String data = expected.keySet().stream().anyMatch(path -> path.startsWith("/srv/harbor/secret"))
                ? "/srv/harbor"
                : "/data";
        expected.put(data + "/secret/cert/server.crt", file("600", HARBOR, Scenario.PEM));
        expected.put(
                data + "/secret/cert/server.key",
                file("600", HARBOR, TestKeys.certificateKey().reveal()));
    }

    @Test
    void aReleaseThatExportsScansToDiskGetsTheFolder() throws IOException {
        machine.copy(cluster("s3").toBuilder().harbor("2.6.2").build());
        machine.install().succeeded();
        folder(machine.places(), "/data/scandata_exports", HARBOR);
    }

    @Test
    void harborsInstallerFindsItsFilesAndMakesTheRest() throws IOException {
        Cluster cluster = cluster("internal-tls-https-nodes-elsewhere");
        Bundle bundle = machine.copy(cluster.toBuilder()
                .deployment(d -> d.installer().dataVolume("/srv/harbor"))
                .build());
        assertThat(lines(machine.install().succeeded()))
                .containsExactlyInAnyOrderElementsOf(rendered(bundle).keySet());
        assertThat(files(machine.places())).isEqualTo(rendered(bundle));
        assertThat(machine.places()).doesNotContainKeys("/opt/harbor/common", "/srv/harbor/job_logs");
    }

    @Test
    void aChangedFileIsWrittenOverInPlaceAndTheOthersAreLeftAlone() throws IOException {
        machine.copy(cluster("s3"));
        machine.install().succeeded();
        SortedMap<String, Place> before = machine.places();
        Bundle bundle = machine.copy(cluster("s3").toBuilder()
                .adminPassword(Secret.of("another-password"))
                .build());
        String env = "/opt/harbor/common/config/core/env";
        assertThat(lines(machine.install().succeeded())).containsExactly(env);
        SortedMap<String, Place> after = machine.places();
        assertThat(files(after)).isEqualTo(rendered(bundle));
        assertThat(after.get(env).inode()).isEqualTo(before.get(env).inode());
        // The new text was whole beside its place, which the folder remembers.
        List.of(env, "/opt/harbor/common/config/core").forEach(path -> {
            before.remove(path);
            after.remove(path);
        });
        assertThat(after).isEqualTo(before);
    }

    /** A shell reads on in a script that it runs, at the place where it was. */
    @Test
    void aScriptIsReplaced() throws IOException {
        machine.copy(cluster("s3"));
        machine.put("/opt/harbor/start.sh", "#!/bin/sh\n");
        long inode = machine.places().get("/opt/harbor/start.sh").inode();
        machine.install().succeeded();
        assertThat(machine.places().get("/opt/harbor/start.sh").inode()).isNotEqualTo(inode);
    }

    @Test
    void modesAndOwnersAreMended() throws IOException {
        Bundle bundle = machine.copy(cluster("s3"));
        machine.install().succeeded();
        SortedMap<String, Place> before = machine.places();
        Files.setPosixFilePermissions(machine.at(KEY), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setAttribute(machine.at("/opt/harbor/docker-compose.yml"), "unix:uid", 1000);
        Files.setAttribute(machine.at("/data/job_logs"), "unix:gid", 0);
        Files.setPosixFilePermissions(machine.at("/data/registry"), PosixFilePermissions.fromString("rwx------"));
        assertThat(lines(machine.install().succeeded()))
                .containsExactlyInAnyOrder(KEY, "/opt/harbor/docker-compose.yml");
        assertThat(machine.places()).isEqualTo(before);
        assertThat(files(machine.places())).isEqualTo(rendered(bundle));
    }

    @Test
    void theUmaskOfTheCallerDoesNotMatter() throws IOException {
        Bundle bundle = machine.copy(cluster("https-nodes-with-pem"));
        for (String umask : List.of("000", "777")) {
            Path root = Files.createDirectory(folder.resolve("root" + umask));
            Program.run(
                            folder,
                            Map.of("DESTDIR", root.toString()),
                            List.of(
                                    "/bin/sh",
                                    "-c",
                                    "umask " + umask + "; exec \"$0\"",
                                    machine.node().resolve("install.sh").toString()))
                    .succeeded();
            SortedMap<String, Place> places = InstalledMachine.places(root);
            assertThat(files(places)).isEqualTo(rendered(bundle));
            assertThat(places.get(InstalledMachine.LIST).mode()).isEqualTo("600");
            folder(places, "/opt/harbor/common/config/registry", Owner.ROOT);
            folder(places, "/data/job_logs", HARBOR);
        }
    }

    @Test
    void filesOfOtherProgramsAreRootsAndKeepTheirMode() throws IOException {
        Bundle bundle = machine.copy(cluster("s3"));
        Path chrony = machine.node().resolve(CHRONY.substring(1));
        Files.setPosixFilePermissions(chrony, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(chrony, "unix:uid", 1000);
        Path tool =
                Files.createDirectories(machine.node().resolve("usr/local/bin")).resolve("my own tool");
        Files.writeString(tool, "#!/bin/sh\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-x---"));
        machine.install().succeeded();
        SortedMap<String, String> expected = rendered(bundle);
        expected.put(CHRONY, expected.get(CHRONY).replace("644 ", "640 "));
        expected.put("/usr/local/bin/my own tool", file("750", Owner.ROOT, "#!/bin/sh\n"));
        assertThat(files(machine.places())).isEqualTo(expected);
        Files.delete(chrony);
        Files.delete(tool);
        assertThat(lines(machine.install().succeeded()))
                .containsExactly(CHRONY + " (removed)", "/usr/local/bin/my own tool (removed)");
    }

    @Test
    void whatIsNoMoreRenderedIsRemovedAndNothingElse() throws IOException {
        machine.copy(cluster("internal-tls"));
        machine.install().succeeded();
        machine.put("/opt/harbor/common/config/core/notes.txt", "mine");
        machine.put("/data/secret/tls/mine.crt", "mine");
        Bundle bundle = machine.copy(cluster("s3"));
        List<String> printed = lines(machine.install().succeeded());
        assertThat(printed)
                .contains(
                        "/data/secret/tls/core.key (removed)",
                        "/opt/harbor/common/config/shared/trust-certificates/harbor_internal_ca.crt (removed)",
                        "/opt/harbor/common/config/trivy-adapter/env (removed)");
        SortedMap<String, String> expected = rendered(bundle);
        expected.put("/opt/harbor/common/config/core/notes.txt", file("644", Owner.ROOT, "mine"));
        expected.put("/data/secret/tls/mine.crt", file("644", Owner.ROOT, "mine"));
        assertThat(files(machine.places())).isEqualTo(expected);
        assertThat(machine.install().succeeded().output()).isEmpty();
    }

    @Test
    void aFileThatTheFolderLacksStopsIt() throws IOException {
        machine.copy(cluster("s3"));
        Path missing = machine.node().resolve("opt/harbor/common/config/registry/passwd");
        Files.delete(missing);
        refuses(missing + " is missing; copy the whole folder of the node");
    }

    @Test
    void anotherSecretKeyStopsItUnlessItIsToBeReplaced() throws IOException {
        Bundle bundle = machine.copy(cluster("s3"));
        machine.put(KEY, "another-key-of16");
        refuses(machine.at(KEY)
                + " has another content than the cluster's, and what was encrypted with it in the database would be lost; bring it"
                + " into the key store and render again, or, for a new database, use --replace-secretkey");
        assertThat(lines(machine.install("--replace-secretkey").succeeded())).contains(KEY);
        assertThat(files(machine.places())).isEqualTo(rendered(bundle));
    }

    /** Harbor's wrapper of {@code prepare} moves a key that an old release has left there over the cluster's. */
    @Test
    void anOldKeyThatPrepareWouldMoveStopsTheInstallersWay() throws IOException {
        machine.copy(cluster("s3"));
        machine.put("/data/secretkey", "another-key-of16");
        machine.install().succeeded();
        machine.copy(cluster("s3").toBuilder().deployment(d -> d.installer()).build());
        refuses(machine.at("/data/secretkey")
                + " has another content than the cluster's key, and Harbor's prepare would put it in that one's place; bring it"
                + " into the key store and render again, or move it away");
        machine.put("/data/secretkey", InstalledMachine.KEYS.secretKey().reveal());
        machine.install().succeeded();
    }

    @Test
    void aCertificateThatIsToBeOnTheMachineMustBeThere() throws IOException {
        SortedMap<String, String> expected = rendered(machine.copy(cluster("https-nodes")));
        String certificate = "/etc/harbor/tls/harbor.crt";
        machine.put("/etc/harbor/tls/harbor.key", "key");
        refuses(machine.at(certificate) + " is missing; put the certificate and its key there first");
        putCertificate(expected);
        // As certbot has it: a link to the certificate of the day.
        Files.move(machine.at(certificate), machine.at("/etc/harbor/tls/harbor-1.crt"));
        Files.createSymbolicLink(machine.at(certificate), Path.of("harbor-1.crt"));
        machine.install().succeeded();
        SortedMap<String, Place> places = machine.places();
        places.keySet().removeIf(path -> path.startsWith("/etc/harbor/tls/"));
        assertThat(files(places)).isEqualTo(expected);
        machine.put("/etc/harbor/tls/harbor-1.crt", "renewed");
        assertThat(lines(machine.install().succeeded())).containsExactly("/data/secret/cert/server.crt");
    }

    @Test
    void onlyRootMayRunIt() throws IOException {
        machine.copy(cluster("s3"));
        SortedMap<String, Place> before = machine.places();
        Program.Result result = machine.install(List.of(
                Program.require("setpriv").toString(), "--reuid=65534", "--regid=65534", "--clear-groups", "/bin/sh"));
        assertThat(result.output())
                .isEqualTo("install.sh: run this as root: files get the owners that the containers need\n");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(machine.places()).isEqualTo(before);
    }

    @Test
    void anUnknownOptionStopsIt() throws IOException {
        machine.copy(cluster("s3"));
        refuses("unknown option --force; the only one is --replace-secretkey", "--force");
    }

    @Test
    void aFolderThatHoldsMoreThanANodeStopsIt() throws IOException {
        machine.copy(cluster("s3"));
        Files.writeString(machine.node().resolve(".bashrc"), "");
        refuses(machine.node()
                + "/.bashrc is no file of the node; copy the node's folder into a new folder of its own");
    }

    @Test
    void itRunsFromAnywhereAndThroughBlanks() throws IOException {
        SortedMap<String, String> expected = rendered(machine.copy(cluster("s3")));
        Path elsewhere = Files.createDirectories(folder.resolve("a folder  with 'quotes' and $HOME"));
        Files.move(machine.node(), elsewhere.resolve("harbor-1"));
        Path somewhere = Files.createDirectories(folder.resolve("some where"));
        Program.run(
                        elsewhere,
                        // A relative DESTDIR is one of the caller's folder; CDPATH must not lead astray.
                        Map.of("DESTDIR", "../some where/", "CDPATH", "/usr:/tmp"),
                        List.of("/bin/sh", "harbor-1/install.sh"))
                .succeeded();
        assertThat(files(InstalledMachine.places(somewhere))).isEqualTo(expected);
    }

    @Test
    void aLinkIsReplacedAndNeverWrittenThrough() throws IOException {
        Bundle bundle = machine.copy(cluster("s3"));
        machine.put("/outside", "outside");
        Path outside = machine.at("/outside");
        String compose = "/opt/harbor/docker-compose.yml";
        String yml = "/opt/harbor/common/config/registry/config.yml";
        Files.createDirectories(machine.at(yml).getParent());
        Files.createSymbolicLink(machine.at(compose), outside);
        Files.createSymbolicLink(machine.at(compose + ".harbor-ha"), outside);
        Files.createSymbolicLink(machine.at(yml), machine.at("/opt"));
        Files.createDirectories(machine.at(KEY).getParent());
        Files.createSymbolicLink(machine.at(KEY), machine.at("/nowhere"));
        Files.createSymbolicLink(machine.at(InstalledMachine.LIST), outside);
        machine.install("--replace-secretkey").succeeded();
        SortedMap<String, String> expected = rendered(bundle);
        expected.put("/outside", file("644", Owner.ROOT, "outside"));
        assertThat(files(machine.places())).isEqualTo(expected);
    }

    @Test
    void aFolderMayBeALink() throws IOException {
        Bundle bundle = machine.copy(cluster("s3"));
        Files.createDirectories(machine.at("/mnt/big"));
        Files.createDirectories(machine.at("/mnt/layers"));
        Files.createDirectories(machine.at("/opt"));
        Files.createSymbolicLink(machine.at("/data"), Path.of("mnt/big"));
        Files.createSymbolicLink(machine.at("/opt/harbor"), Path.of("../mnt/big"));
        Files.createSymbolicLink(machine.at("/mnt/big/registry"), Path.of("../layers"));
        machine.install().succeeded();
        SortedMap<String, Place> places = machine.places();
        assertThat(places.get("/data").what()).isEqualTo("-> mnt/big");
        folder(places, "/mnt/layers", HARBOR);
        assertThat(places.get("/mnt/big/secret/keys/secretkey").what())
                .isEqualTo(InstalledMachine.KEYS.secretKey().reveal());
        assertThat(places).containsKey("/mnt/big/docker-compose.yml");
        assertThat(machine.install().succeeded().output()).isEmpty();
        assertThat(rendered(bundle)).containsKey(KEY);
    }

    /** Docker makes a folder where it does not find what it is to mount. */
    @Test
    void anEmptyFolderInTheWayIsRemovedAndAFullOneStopsIt() throws IOException {
        Bundle bundle = machine.copy(cluster("s3"));
        String yml = "/opt/harbor/common/config/registry/config.yml";
        Files.createDirectories(machine.at(yml));
        machine.put("/opt/harbor/docker-compose.yml/mine", "mine");
        refuses(machine.at("/opt/harbor/docker-compose.yml") + " is a folder, where a file has to be; move it away");
        Files.delete(machine.at("/opt/harbor/docker-compose.yml/mine"));
        machine.install().succeeded();
        assertThat(files(machine.places())).isEqualTo(rendered(bundle));
    }
}
