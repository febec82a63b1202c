package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.Cluster;
import dev.harborha.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The virtual IP moves when its load balancer is lost: HAProxy and keepalived as they were rendered, on two machines that are
 * network namespaces, with the client in a third one.
 */
@Timeout(90)
class VirtualIpIT {

    private static final String VIP = "10.99.0.100";

    /** What is asked of the address that moves. */
    private static final Duration BACK = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> processes().logs());

    private Processes processes;
    private RunningProcess client;
    private final List<RunningProcess> machines = new ArrayList<>();
    private final List<RunningProcess> balancers = new ArrayList<>();

    private Processes processes() {
        return processes;
    }

    private static Cluster cluster() {
        return Cluster.of(c -> c.harbor("2.15.2")
                .publicUrl("http://" + VIP)
                .privateNetwork()
                .node("harbor-1", "10.99.0.21")
                .node("harbor-2", "10.99.0.22")
                .database(db -> db.address("pg.example.com").password(Secret.of("database-password")))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .loadBalancer(lb -> lb.haproxy("10.99.0.11"))
                .loadBalancer(lb -> lb.haproxy("10.99.0.12"))
                .aliases("registry.example.com")
                .virtualIp(vip -> vip.address(VIP + "/24").networkInterface("eth0"))
                .adminPassword(Secret.of("Not-the-default-1")));
    }

    @BeforeEach
    void start() throws IOException {
        processes = new Processes(folder);
        for (String program : List.of("unshare", "nsenter", "ip", "keepalived", "haproxy", "curl")) {
            RealProgram.require(program);
        }
        requireRoot("Only root can make network namespaces that reach each other.");
        HarborHa.create().render(cluster(), TestKeys.first()).writeTo(folder.resolve("bundle"));
        client = namespace("client");
        in(client, "ip link add br0 type bridge && ip link set br0 up && ip addr add 10.99.0.1/24 dev br0");
        for (int number = 1; number <= 2; number++) {
            RunningProcess machine = namespace("machine-" + number);
            machines.add(machine);
            in(
                    client,
                    "ip link add port" + number + " type veth peer name eth0 netns " + machine.pid()
                            + " && ip link set port" + number + " master br0 up");
            in(machine, "ip addr add 10.99.0.1" + number + "/24 dev eth0 && ip link set eth0 up");
            balancers.add(startBalancer(machine, number));
            startKeepalived(machine, number);
        }
        try {
            Waiting.until("somebody has the virtual IP", this::answers);
        } catch (AssertionError e) {
            throw new AssertionError(processes.logs(), e);
        }
    }

    @AfterEach
    void end() {
        processes.close();
    }

    /**
     * Ends the test where it is not run by root: skipped with the reason, or failed where programs are required.
     *
     * @param reason what root is needed for, as a sentence
     */
    static void requireRoot(String reason) {
        if (!"root".equals(System.getProperty("user.name"))) {
            assertThat(Boolean.getBoolean(RealProgram.REQUIRE_PROGRAMS))
                    .as(reason)
                    .isFalse();
            Assumptions.abort(reason);
        }
    }

    private RunningProcess namespace(String name) {
        RunningProcess holder = processes.start(
                name, Map.of(), List.of(RealProgram.require("unshare").toString(), "--net", "sleep", "infinity"));
        Waiting.until("the namespace is there", () -> run(holder, "ip link set lo up") == 0);
        return holder;
    }

    private RunningProcess startBalancer(RunningProcess machine, int number) {
        Path own = makeFolder("balancer-" + number);
        Path config = ConfigEdit.of(folder.resolve("bundle/lb/lb-" + number + "/etc/haproxy/haproxy.cfg"))
                .replace("^  (daemon)$", "", 1)
                .replace("^  log (/dev/log local0)$", "stdout format raw local0", 1)
                .replace("^  stats socket (/run/haproxy/admin\\.sock) ", own + "/admin.sock", 1)
                .writeTo(own.resolve("haproxy.cfg"));
        return processes.start("haproxy-" + number, Map.of(), inside(machine, "exec haproxy -db -f " + config));
    }

    /** keepalived runs no script that somebody else could write, so its files lie where they do on a machine. */
    private void startKeepalived(RunningProcess machine, int number) throws IOException {
        Path etc = folder.resolve("bundle/lb/lb-" + number + "/etc/keepalived");
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path own = makeFolder("keepalived-" + number);
        processes.start(
                "keepalived-" + number,
                Map.of(),
                inside(
                        machine,
                        "exec unshare --mount sh -c 'mount --bind " + etc + " /etc/keepalived && exec keepalived"
                                + " --dont-fork --log-console --vrrp --pid=" + own + "/pid --vrrp_pid=" + own
                                + "/vrrp'"));
    }

    private Path makeFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> inside(RunningProcess machine, String command) {
        return List.of(
                RealProgram.require("nsenter").toString(),
                "--net",
                "--target",
                Long.toString(machine.pid()),
                "sh",
                "-c",
                command);
    }

    private static int run(RunningProcess machine, String command) {
        try {
            Process process = new ProcessBuilder(inside(machine, command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void in(RunningProcess machine, String command) {
        assertThat(run(machine, command)).as(command).isZero();
    }

    /** A further name is answered by the load balancer itself; there are no nodes here. */
    private boolean answers() {
        return run(
                        client,
                        "curl -s -o /dev/null --noproxy '*' --max-time 0.3 -H 'Host: registry.example.com' http://"
                                + VIP + "/")
                == 0;
    }

    private int owner() {
        for (int number = 1; number <= 2; number++) {
            if (run(machines.get(number - 1), "ip addr show dev eth0 | grep -q " + VIP) == 0) {
                return number;
            }
        }
        throw new AssertionError("Nobody has the virtual IP.");
    }

    private Duration untilItAnswers() {
        long start = System.nanoTime();
        Waiting.until("the virtual IP answers again", this::answers);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void aMachineIsLost() {
        int first = owner();
        in(client, "ip link set port" + first + " down");
        Duration away = untilItAnswers();
        assertThat(away).isLessThan(BACK);

        // Whoever comes back leaves the address where it is.
        in(client, "ip link set port" + first + " up");
        for (int look = 0; look < 20; look++) {
            assertThat(answers()).isTrue();
        }
        assertThat(run(machines.get(2 - first), "ip addr show dev eth0 | grep -q " + VIP))
                .isZero();
    }

    @Test
    void aLoadBalancerEndsWhileItsMachineGoesOn() {
        int first = owner();
        balancers.get(first - 1).kill();
        Duration away = untilItAnswers();
        assertThat(away).isLessThan(BACK.plusSeconds(2));
        assertThat(owner()).isEqualTo(3 - first);
    }
}
