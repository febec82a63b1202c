package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.Node;
import dev.harborha.render.Bundle;
import dev.harborha.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Harbor's own {@code prepare} runs on every rendered node and changes nothing that the nodes must share. */
class RealPrepareTest {

    private static final ClusterKeys KEYS = TestKeys.KEYS;
    private static final Map<String, Cluster> CLUSTERS = clusters();

    @TempDir
    Path folder;

    private static Map<String, Cluster> clusters() {
        Map<String, Cluster> clusters = Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey());
        clusters.put("as-awkward-as-it-goes", awkward());
        return clusters;
    }

    /** Every value that is carried at all, with what other files would need quotes for. */
    private static Cluster awkward() {
        String text = "a\"b'c \\d;e#f=g:h%(i)s{j}[k]&*!|<>?~^,`@{l} / m";
        return Scenarios.post().toBuilder()
                .adminPassword(Secret.of(text))
                .database(db -> db.address("mysql.example.com")
                        .username("u\"s'e\\r;#=%{}[]@/(x)")
                        .password(Secret.of("=" + text)))
                .redis(redis -> redis.address("redis.example.com").password(Secret.of("a:b;c#d e=f")))
                .s3(s3 -> s3.bucket("layers")
                        .region("eu-west-1")
                        .credentials(Secret.of("$ui_url $$ ${x} \n é \ud83d\ude00"), Secret.of("no"))
                        .rootDirectory("${ui_url}: # ~"))
                .harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                                HostPort.parse("smtp.example.com", 25),
                                "#" + text,
                                Secret.of("$x $$ ${y} \\" + text),
                                "admin <a@b.c>",
                                false,
                                Optional.of("%" + text)))
                        .ldap(new HarborCfg.Ldap(
                                "ldap://x",
                                text,
                                "uid",
                                1,
                                Optional.of(new HarborCfg.SearchUser("cn=" + text, Secret.of("x" + text))),
                                Optional.of("(&(a=b)(|(c=d)(!(e=f))))"))))
                .build();
    }

    static Set<String> names() {
        return CLUSTERS.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void goesThroughPrepareUnharmed(String name) throws IOException {
        Cluster cluster = CLUSTERS.get(name);
        Bundle bundle = TestKeys.HARBOR.render(cluster, KEYS);
        Map<String, SortedMap<String, String>> written = new LinkedHashMap<>();
        for (Node node : cluster.nodes()) {
            HarborCheckout checkout = HarborCheckout.of(folder, bundle, node.name());
            SortedMap<String, String> first = checkout.prepare();
            assertThat(checkout.prepare())
                    .as("the second run on %s", node.name())
                    .isEqualTo(first);
            assertThat(checkout.data().resolve("secretkey"))
                    .hasContent(KEYS.secretKey().reveal());
            written.put(node.name(), first);
            asRendered(first, NodeFiles.of(bundle, node.name()));
            asDescribed(first, cluster);
        }
        SortedMap<String, String> firstNode = written.get(cluster.nodes().get(0).name());
        for (SortedMap<String, String> other : written.values()) {
            if (cluster.jobserviceNode().isPresent()) {
                other.put("ui/env", other.get("ui/env").replaceAll("JOB_SERVICE_URL=.*", ""));
            }
            assertThat(other).isEqualTo(firstNode);
        }
    }

    private static void asRendered(Map<String, String> written, NodeFiles node) {
        assertThat(written.keySet())
                .containsExactlyInAnyOrder(
                        "db/env",
                        "jobservice/app.conf",
                        "jobservice/env",
                        "nginx/nginx.conf",
                        "registry/config.yml",
                        "registry/root.crt",
                        "ui/app.conf",
                        "ui/env",
                        "ui/private_key.pem");
        assertThat(written).containsEntry("ui/private_key.pem", KEYS.tokenKey().reveal());
        assertThat(written).containsEntry("registry/root.crt", KEYS.tokenCertificate());
        assertThat(written).containsEntry("nginx/nginx.conf", node.prepared("nginx/nginx.http.conf"));
        assertThat(written.get("nginx/nginx.conf")).doesNotContain("$$").contains("$http_host");
        for (String same : new String[] {"ui/env", "jobservice/env", "registry/config.yml"}) {
            assertThat(written).containsEntry(same, node.prepared(same));
        }
    }

    private static void asDescribed(Map<String, String> written, Cluster cluster) {
        Map<String, String> ui = EnvReaders.raw(written.get("ui/env"));
        Map<String, String> expected = new HashMap<>(Map.of(
                "EXT_REG_URL", cluster.publicUrl().authority(),
                "EXT_ENDPOINT", cluster.publicUrl().toString(),
                "HARBOR_ADMIN_PASSWORD", cluster.adminPassword().reveal(),
                "MYSQL_USR", cluster.database().username(),
                "MYSQL_PWD", cluster.database().password().reveal(),
                "UI_SECRET", KEYS.uiSecret().reveal(),
                "SECRET_KEY", KEYS.secretKey().reveal(),
                "TOKEN_EXPIRATION", Integer.toString(cluster.harborCfg().tokenExpiration())));
        cluster.harborCfg().ldap().ifPresent(ldap -> {
            expected.put("AUTH_MODE", "ldap_auth");
            expected.put("LDAP_URL", ldap.url());
            expected.put("LDAP_BASE_DN", ldap.baseDn());
            expected.put("LDAP_FILTER", ldap.filter().orElse(""));
            expected.put("LDAP_SCOPE", Integer.toString(ldap.scope()));
            expected.put(
                    "LDAP_SEARCH_DN",
                    ldap.search().map(HarborCfg.SearchUser::dn).orElse(""));
            expected.put(
                    "LDAP_SEARCH_PWD",
                    ldap.search().map(user -> user.password().reveal()).orElse(""));
        });
        assertThat(ui).containsAllEntriesOf(expected);
        assertThat(EnvReaders.raw(written.get("jobservice/env")))
                .containsEntry("MYSQL_PWD", cluster.database().password().reveal())
                .containsEntry("UI_SECRET", KEYS.uiSecret().reveal())
                .containsEntry(
                        "MAX_JOB_WORKERS", Integer.toString(cluster.harborCfg().maxJobWorkers()));
        assertThat(written)
                .containsEntry(
                        "db/env",
                        "MYSQL_ROOT_PASSWORD=" + cluster.database().password().reveal() + "\n");
        cluster.harborCfg()
                .mail()
                .ifPresent(mail -> assertThat(written.get("ui/app.conf").lines().toList())
                        .containsAll(List.of(
                                "identity = " + mail.identity().orElse(""),
                                "host = " + mail.server().host(),
                                "port = " + mail.server().port(),
                                "username = " + mail.username(),
                                "password = " + mail.password().reveal(),
                                "from = " + mail.from(),
                                "ssl = " + mail.ssl())));
    }
}
