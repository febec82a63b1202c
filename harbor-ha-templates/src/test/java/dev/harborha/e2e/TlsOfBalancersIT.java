package dev.harborha.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.TlsProfile;
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
