package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.TlsProfile;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What openssl says to the TLS of each load balancer. */
@Timeout(60)
class TlsOfBalancersIT {

    @TempDir
    Path folder;

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> cluster().logs());

    private LoopbackCluster cluster;
    private Processes processes;
    private int connections;

    @BeforeEach
    void prepare() throws IOException {
        cluster = LoopbackCluster.onSharedFolder(Files.createDirectory(folder.resolve("cluster")));
        processes = new Processes(folder);
    }

    @AfterEach
    void end() {
        if (cluster != null) {
            cluster.close();
        }
        processes.close();
    }

    private LoopbackCluster cluster() {
        return cluster;
    }

    @ParameterizedTest
    @CsvSource({"nginx, INTERMEDIATE", "nginx, MODERN", "haproxy, INTERMEDIATE", "haproxy, MODERN"})
    void offersWhatItsProfileSays(String program, TlsProfile profile) throws IOException {
        Path bundle = cluster.write(
                cluster.describe(balancer -> {
                    if (program.equals("haproxy")) {
                        balancer.haproxy(cluster.balancerHost());
                    }
                    balancer.tlsProfile(profile);
                }),
                TestKeys.first());
        cluster.startLoadBalancer(bundle);
        Path authority = Files.writeString(
                folder.resolve("authority.pem"), cluster.certificate().certificatePem());

        assertThat(connect("-tls1_3")).contains("New, TLSv1.3, Cipher is TLS_");
        assertThat(connect("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")).contains("Cipher is (NONE)");
        assertThat(connect("-tls1_3", "-CAfile", authority.toString(), "-verify_hostname", LoopbackCluster.HOST))
                .contains("Verify return code: 0 (ok)");
        boolean intermediate = profile == TlsProfile.INTERMEDIATE;
        assertThat(connect("-tls1_2")).contains(intermediate ? "New, TLSv1.2, Cipher is ECDHE-" : "Cipher is (NONE)");
        for (String weak : List.of("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA")) {
            assertThat(connect("-tls1_2", "-cipher", weak + ":@SECLEVEL=0")).contains("Cipher is (NONE)");
        }
        if (intermediate) {
            Path session = folder.resolve("session");
            assertThat(connect("-tls1_2", "-sess_out", session.toString())).contains("New, TLSv1.2");
            assertThat(connect("-tls1_2", "-sess_in", session.toString())).contains("Reused, TLSv1.2");
        }
    }

    /** A certificate of an intermediate authority: clients that know the root alone are shown both, the server's own first. */
    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void servesTheChainInOrder(String program) throws IOException {
        Path made = Files.createDirectory(folder.resolve("authority"));
        String own = "-new -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256";
        openssl(made, "req -x509 -days 1 -subj /CN=root -keyout root.key -out root.crt " + own);
        Files.writeString(made.resolve("intermediate.ext"), "basicConstraints=critical,CA:TRUE\n");
        Files.writeString(made.resolve("server.ext"), "subjectAltName=DNS:" + LoopbackCluster.HOST + "\n");
        for (String[] signed :
                List.of(new String[] {"intermediate", "root"}, new String[] {"server", "intermediate"})) {
            String name = signed[0];
            openssl(made, "req -subj /CN=" + name + " -keyout " + name + ".key -out " + name + ".csr " + own);
            openssl(
                    made,
                    "x509 -req -days 1 -CAcreateserial -CA " + signed[1] + ".crt -CAkey " + signed[1] + ".key -extfile "
                            + name + ".ext -in " + name + ".csr -out " + name + ".crt");
        }
        String chain =
                Files.readString(made.resolve("server.crt")) + Files.readString(made.resolve("intermediate.crt"));
        Secret key = Secret.of(Files.readString(made.resolve("server.key")));
        Path bundle = cluster.write(
                cluster.describe(balancer -> {
                    if (program.equals("haproxy")) {
                        balancer.haproxy(cluster.balancerHost());
                    }
                    balancer.certificatePem(chain, key);
                }),
                TestKeys.first());
        cluster.startLoadBalancer(bundle);

        String seen = connect(
                "-showcerts", "-CAfile", made.resolve("root.crt").toString(), "-verify_hostname", LoopbackCluster.HOST);

        assertThat(seen).contains("Verify return code: 0 (ok)");
        assertThat(seen.lines()
                        .filter(line -> line.matches(" *[0-9] s:.*| *i:.*"))
                        .map(String::strip))
                .containsExactly("0 s:CN = server", "i:CN = intermediate", "1 s:CN = intermediate", "i:CN = root");
    }

    private static void openssl(Path folder, String arguments) {
        List<String> command =
                new ArrayList<>(List.of(Program.require("openssl").toString()));
        command.addAll(List.of(arguments.split(" ")));
        Program.run(folder, Map.of(), command).succeeded();
    }

    private String connect(String... options) {
        InetSocketAddress address = cluster.balancerAddress();
        List<String> command = new ArrayList<>(List.of(
                RealProgram.require("openssl").toString(),
                "s_client",
                "-connect",
                address.getAddress().getHostAddress() + ":" + address.getPort(),
                "-servername",
                LoopbackCluster.HOST));
        command.addAll(List.of(options));
        RunningProcess client = processes.start("openssl-" + ++connections, Map.of(), command);
        client.awaitEnd();
        return client.log();
    }
}
