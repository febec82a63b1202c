package dev.harborha.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes behind HAProxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HaproxyClusterIT implements TwoNodeDrills {

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> pair().cluster().logs());

    private RunningPair pair;

    @BeforeAll
    void start(@TempDir Path folder) {
        LoopbackCluster cluster = LoopbackCluster.onSharedFolder(folder);
        pair = RunningPair.start(cluster, cluster.describe(balancer -> balancer.haproxy(cluster.balancerHost())));
    }

    @AfterAll
    void end() {
        if (pair != null) {
            pair.close();
        }
    }

    @Override
    public RunningPair pair() {
        return pair;
    }
}
