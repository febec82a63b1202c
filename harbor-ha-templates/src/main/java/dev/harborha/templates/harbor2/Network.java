package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Host;
import dev.harborha.model.Subnet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The addresses of the containers' network. */
final class Network {

    /**
     * Networks of 256 addresses, one from each private range, tried before all others of 10.0.0.0/8: the first one that holds
     * no address of the cluster is taken.
     * Docker's own choice begins with 172.18.0.0/16 and asks nothing but the node's interfaces.
     */
    private static final List<Subnet> CANDIDATES = Stream.of(
                    "172.28.213.0/24", "192.168.213.0/24", "10.213.47.0/24", "172.24.47.0/24", "100.127.213.0/24")
            .map(Subnet::parse)
            .toList();

    private Network() {}

    static Subnet subnet(Cluster cluster) {
        return cluster.deployment().subnet().orElseGet(() -> {
            List<Host> hosts = cluster.hosts();
            return Stream.concat(CANDIDATES.stream(), furtherCandidates())
                    .filter(subnet -> hosts.stream().noneMatch(subnet::contains))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The cluster has addresses in every network that was"
                            + " tried; choose one with .deployment(d -> d.subnet(…))."));
        });
    }

    private static Stream<Subnet> furtherCandidates() {
        return IntStream.range(0, 1 << 16).mapToObj(i -> Subnet.parse("10." + (i >> 8) + "." + (i & 0xff) + ".0/24"));
    }
}
