package dev.harborha.templates.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.VirtualIp;
import dev.harborha.render.Mode;
import dev.harborha.render.RenderedFile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.Scenarios;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keepalived itself says to the files that it reads, in a network of their own that has the interface. */
class KeepalivedItselfTest {

    /** keepalived 2.2.7 ends its test of any configuration with scripts by sending itself SIGTERM; a wrong one has 5 or 6. */
    private static final int ENDED_ITSELF = 128 + 15;

    @TempDir
    Path folder;

    /** keepalived runs no script that somebody else could write, so all lies where it does on a machine. */
    private Program.Result check(List<RenderedFile> files) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw Program.missing("Only root can give keepalived a network and files of its own.");
        }
        Path etc = Files.createTempDirectory(folder, "etc");
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (RenderedFile file : files) {
            Path target = etc.resolve(Path.of(file.path()).getFileName().toString());
            Files.writeString(target, file.content());
            Files.setPosixFilePermissions(
                    target,
                    PosixFilePermissions.fromString(file.mode() == Mode.EXECUTABLE ? "rwxr-xr-x" : "rw-r--r--"));
        }
        return Program.run(
                folder,
                Map.of(),
                List.of(
                        Program.require("unshare").toString(),
                        "--net",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind " + etc + " /etc/keepalived && ip link add eth0 type veth peer name peer0"
                                + " && ip link set eth0 up && " + Program.require("keepalived") + " --config-test"));
    }

    private static List<RenderedFile> files(Cluster cluster, String balancer) {
        return TestKeys.HARBOR.render(cluster, TestKeys.KEYS).files().stream()
                .filter(file -> file.path().startsWith("lb/" + balancer + "/etc/keepalived/"))
                .toList();
    }

    private static Cluster sharing(Consumer<VirtualIp.Builder> vip, Consumer<ClusterBuilder> more) {
        ClusterBuilder builder =
                Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey()).get("2.15-s3").toBuilder()
                        .loadBalancer(lb -> lb.name("second").haproxy("10.0.0.20"))
                        .virtualIp(vip);
        more.accept(builder);
        return builder.build();
    }

    private static List<Cluster> clusters() {
        return List.of(
                sharing(vip -> vip.address("10.0.0.100/24").networkInterface("eth0"), c -> {}),
                sharing(
                        vip -> vip.address("10.0.0.100/32")
                                .networkInterface("eth0")
                                .routerId(255)
                                .password(Secret.of("x7Kq92pf")),
                        c -> c.loadBalancer(lb -> lb.name("third").nginx("10.0.0.30"))));
    }

    @Test
    void acceptsEveryLoadBalancer() throws IOException {
        for (Cluster cluster : clusters()) {
            for (LoadBalancer balancer : cluster.loadBalancers()) {
                List<RenderedFile> files = files(cluster, balancer.name());
                assertThat(files).hasSize(3);
                Program.Result result = check(files);
                assertThat(result.output().replace("Terminated\n", ""))
                        .as(files.toString())
                        .isEmpty();
                assertThat(result.exitCode()).isIn(0, ENDED_ITSELF);
            }
        }
    }

    @Test
    void itCanRefuse() throws IOException {
        RenderedFile wrong = RenderedFile.open(
                "lb/lb-1/etc/keepalived/keepalived.conf", "vrrp_instance a {\n  interface eth0\n  priority 300\n}\n");
        assertThat(check(List.of(wrong)).exitCode()).isNotIn(0, ENDED_ITSELF);
    }

    @Test
    void nobodyHasThePriorityOrThePeersOfAnother() {
        Cluster cluster = clusters().get(1);
        List<String> configs = TestKeys.HARBOR.render(cluster, TestKeys.KEYS).files().stream()
                .filter(file -> file.path().endsWith("/etc/keepalived/keepalived.conf"))
                .map(RenderedFile::content)
                .toList();
        assertThat(lines(configs, "priority "))
                .containsExactlyInAnyOrder("priority 150", "priority 140", "priority 130");
        assertThat(lines(configs, "virtual_router_id ")).containsOnly("virtual_router_id 255");
        assertThat(lines(configs, "auth_pass ")).hasSize(3).containsOnly("auth_pass x7Kq92pf");
        assertThat(configs).allSatisfy(config -> {
            String own = lines(List.of(config), "unicast_src_ip ").get(0).replace("unicast_src_ip ", "");
            String peers = config.substring(config.indexOf("unicast_peer"), config.indexOf("authentication"));
            assertThat(peers).doesNotContain(own + "\n");
            assertThat(peers.lines().filter(line -> line.matches(" +10\\..*"))).hasSize(2);
        });
    }

    private static List<String> lines(List<String> configs, String start) {
        return configs.stream()
                .flatMap(config -> config.lines().map(String::strip).filter(line -> line.startsWith(start)))
                .toList();
    }

    @Test
    void noWordBreaksOut() {
        KeepalivedText text = new KeepalivedText();
        for (String word : Stream.of("a b", "a#", "!", "a\n", "{", "\"", "").toList()) {
            assertThatThrownBy(() -> text.line("auth_pass", word))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("keepalived cannot carry this text; use letters, digits and . _ : / - only.");
        }
    }
}
