package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.harborha.model.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A sound cluster file that tests change in one place. */
final class Sample {

    static final Path FOLDER = Path.of("/nonexistent");

    static final String TEXT = """
            harbor: 0.5.0
            publicUrl: https://harbor.example.com
            nodes:
              - name: harbor-1
                address: 10.0.0.11
              - name: harbor-2
                address: 10.0.0.12
            loadBalancers:
              - nginx: 10.0.0.10
            database:
              address: mysql.example.com
              password: env:DB
            redis:
              address: redis.example.com
            storage:
              s3:
                bucket: layers
                region: eu-west-1
            adminPassword: env:ADMIN
            timeServers: [ntp1.example.com]
            harborCfg:
              mail: {server: mail.example.com, username: u, password: env:MAIL, from: f}
              ldap: {url: "ldap://l.example.com", baseDn: "dc=x"}
            waivers:
              - rule: lb.single-load-balancer
                reason: lab
            """;

    /** The keys of the top, as a refusal names them. */
    static final String KNOWN =
            "known here: harbor, upgradeFrom, publicUrl, privateNetwork, nodes, loadBalancers, virtualIp, aliases, database, redis, storage,"
                    + " redirect, storageCa, adminPassword, timeServers, jobserviceNode, nodeTls, internalTls, deployment, harborYml,"
                    + " harborCfg, waivers.";

    private Sample() {}

    /** Returns the sample with a piece replaced, which it must hold once. */
    static String with(String piece, String replacement) {
        assertThat(TEXT.split(java.util.regex.Pattern.quote(piece), -1))
                .as(piece)
                .hasSize(2);
        return TEXT.replace(piece, replacement);
    }

    /** Returns the sample with lines at its end. */
    static String and(String lines) {
        return TEXT + lines;
    }

    static Cluster read(String yaml) {
        return ClusterFile.parse(yaml, FOLDER, Map.of("DB", "db-s3cret", "ADMIN", "admin-s3cret"));
    }

    /** Returns everything that is said against a text: one line for each problem. */
    static List<String> problems(String yaml) {
        ClusterFileException refusal = catchThrowableOfType(ClusterFileException.class, () -> read(yaml));
        assertThat(refusal).as("the text is read").isNotNull();
        List<String> lines =
                refusal.problems().stream().map(ClusterFileProblem::toString).toList();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(refusal.getMessage().lines().toList().get(i)).endsWith(lines.get(i));
        }
        return lines;
    }
}
