package dev.harborha.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share one folder, one of which is lost. */
@Timeout(60)
class SharedFolderNodeLossIT implements NodeLossDrills {

    @RegisterExtension
    final LogsOnFailure logs = new LogsOnFailure(() -> pair().cluster().logs());

    private RunningPair pair;

    @BeforeEach
    void start(@TempDir Path folder) {
        pair = RunningPair.start(LoopbackCluster.onSharedFolder(folder));
    }

    @AfterEach
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
