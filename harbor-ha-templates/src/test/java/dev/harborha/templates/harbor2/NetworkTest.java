package dev.harborha.templates.harbor2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The containers' network holds no address of the cluster, wherever its machines are. */
class NetworkTest {

    private static Cluster at(List<String> addresses) {
        return Cluster.of(c -> {
            c.harbor("2.14.4")
                    .publicUrl("https://harbor.example.com")
                    .database(db -> db.address("pg.example.com").password(Secret.of("p")))
                    .redis("redis.example.com")
                    .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                    .loadBalancer(lb -> lb.nginx("lb.example.com"))
                    .adminPassword(Secret.of("a"));
            for (int i = 0; i < addresses.size(); i++) {
                c.node("harbor-" + (i + 1), addresses.get(i));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.11 10.0.0.12 | 172.28.213.0/24",
                "172.28.213.7 10.0.0.12 | 192.168.213.0/24",
                "192.168.213.7 172.28.213.7 | 10.213.47.0/24",
                "172.28.213.7 192.168.213.7 10.213.47.7 172.24.47.7 | 100.127.213.0/24",
                "172.28.213.7 192.168.213.7 10.213.47.7 172.24.47.7 100.127.213.7 | 10.0.0.0/24",
                "172.28.213.7 192.168.213.7 10.213.47.7 172.24.47.7 100.127.213.7 10.0.0.1 10.0.1.1 | 10.0.2.0/24",
            })
    void theFirstOneThatHoldsNoMachineIsTaken(String addresses, String network) {
        assertThat(Network.subnet(at(List.of(addresses.split(" ")))).toString()).isEqualTo(network);
    }

    @Test
    void oneThatIsGivenIsTaken() {
        Cluster cluster = at(List.of("10.0.0.11")).toBuilder()
                .deployment(d -> d.subnet("172.31.5.0/24"))
                .build();
        assertThat(Network.subnet(cluster).toString()).isEqualTo("172.31.5.0/24");
    }
}
