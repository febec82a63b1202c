package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Affinity;
import dev.harborha.model.Cluster;
import dev.harborha.model.DbKind;
import dev.harborha.model.FrontProxy;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HostPort;
import dev.harborha.model.LoadBalancerProgram;
import dev.harborha.model.TlsMode;
import dev.harborha.model.TlsProfile;
import dev.harborha.secret.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterFileReadTest {

    @Test
    void theSameClusterAsInJava() {
        Map<String, String> environment = Map.of("DB", "db-s3cret", "ADMIN", "admin-s3cret");
        Cluster expected = Cluster.of(c -> c.harbor("0.5.0")
                .publicUrl("https://harbor.example.com")
                .node("harbor-1", "10.0.0.11")
                .node("harbor-2", "10.0.0.12")
                .loadBalancer(lb -> lb.nginx("10.0.0.10"))
                .database(db -> db.address("mysql.example.com").password(Secret.fromEnv("DB", environment)))
                .redis("redis.example.com")
                .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
                .adminPassword(Secret.fromEnv("ADMIN", environment))
                .timeServers("ntp1.example.com")
                .harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                                HostPort.parse("mail.example.com", 25),
                                "u",
                                Secret.fromEnv("MAIL", environment),
                                "f",
                                false,
                                Optional.empty()))
                        .ldap(new HarborCfg.Ldap(
                                "ldap://l.example.com", "dc=x", "uid", 3, Optional.empty(), Optional.empty())))
                .waive("lb.single-load-balancer", "lab"));

        assertThat(Sample.read(Sample.TEXT)).isEqualTo(expected);
    }

    @Test
    void whatHasItsDefaultIsNotWritten() {
        assertThat(ClusterFile.write(Sample.read(Sample.TEXT))).isEqualTo("""
                        harbor: "0.5.0"
                        publicUrl: "https://harbor.example.com"
                        nodes:
                          - name: "harbor-1"
                            address: "10.0.0.11"
                          - name: "harbor-2"
                            address: "10.0.0.12"
                        loadBalancers:
                          - nginx: "10.0.0.10"
                        database:
                          address: "mysql.example.com"
                          password: "env:DB"
                        redis:
                          address: "redis.example.com"
                        storage:
                          s3:
                            bucket: "layers"
                            region: "eu-west-1"
                        adminPassword: "env:ADMIN"
                        timeServers:
                          - "ntp1.example.com"
                        harborCfg:
                          mail:
                            server: "mail.example.com"
                            username: "u"
                            password: "env:MAIL"
                            from: "f"
                          ldap:
                            url: "ldap://l.example.com"
                            baseDn: "dc=x"
                        waivers:
                          - rule: "lb.single-load-balancer"
                            reason: "lab"
                        """);
    }

    @Test
    void optionsOfALoadBalancer() {
        var balancer =
                Sample.read(with("nginx: 10.0.0.10", """
                        name: edge
                            nginx: 10.0.0.10
                            port: 8443
                            redirectPort: 8080
                            tls: plain_http
                            certificate: {path: /c, keyPath: /k}
                            tlsProfile: modern
                            affinity: none
                            frontProxy: {}""")).loadBalancers().get(0);

        assertThat(balancer.name()).isEqualTo("edge");
        assertThat(balancer.listenPort()).hasValue(8443);
        assertThat(balancer.redirectPort()).isEqualTo(8080);
        assertThat(balancer.tls()).isEqualTo(TlsMode.PLAIN_HTTP);
        assertThat(balancer.certificate()).hasToString("OnMachine[certificate=/c, key=/k]");
        assertThat(balancer.tlsProfile()).isEqualTo(TlsProfile.MODERN);
        assertThat(balancer.affinity()).isEqualTo(Affinity.NONE);
        assertThat(balancer.frontProxy()).contains(FrontProxy.UNKNOWN);
    }

    @Test
    void loadBalancersAreNumberedInTheirOrder() {
        Cluster cluster = Sample.read(
                with("- nginx: 10.0.0.10", "- {nginx: a}\n  - {name: edge, haproxy: b, tls: terminate}\n  - nginx: c"));

        assertThat(cluster.loadBalancers()).extracting(lb -> lb.name()).containsExactly("lb-1", "edge", "lb-3");
        assertThat(cluster.loadBalancers().get(1).tls()).isEqualTo(TlsMode.TERMINATE);
        assertThat(cluster.loadBalancers().get(1).program()).isEqualTo(LoadBalancerProgram.HAPROXY);
    }

    @Test
    void theKindOfDatabaseFollowsTheRelease() {
        Cluster cluster = Sample.read(with("harbor: 0.5.0", "harbor: v2.14.4"));

        assertThat(cluster.harbor()).isEqualTo(new HarborVersion(2, 14, 4));
        assertThat(cluster.database().kind()).isEqualTo(DbKind.POSTGRESQL);
        assertThat(cluster.database().address().port()).isEqualTo(5432);
        assertThat(cluster.database().username()).isEqualTo("postgres");
    }

    @Test
    void aKindOfDatabaseOfItsOwnHasItsOwnPort() {
        Cluster cluster =
                Sample.read(with("address: mysql.example.com", "kind: postgresql\n  address: pg.example.com"));

        assertThat(cluster.database().address()).hasToString("pg.example.com:5432");
        assertThat(ClusterFile.write(cluster)).contains("  kind: \"postgresql\"\n  address: \"pg.example.com\"\n");
    }

    @Test
    void ipv6AddressesWithAndWithoutAPort() {
        Cluster cluster =
                Sample.read(with("10.0.0.11", "2001:db8::11").replace("10.0.0.12", "\"[2001:db8::12]:8080\""));

        assertThat(cluster.nodes())
                .extracting(node -> cluster.addressOf(node).toString())
                .containsExactly("[2001:db8::11]:80", "[2001:db8::12]:8080");
        assertThat(ClusterFile.write(cluster))
                .contains("address: \"2001:db8::11\"", "address: \"[2001:db8::12]:8080\"");
    }

    @Test
    void textsOverSeveralLines() {
        Cluster cluster = Sample.read(with("reason: lab", "reason: >-\n      a long\n      reason"));

        assertThat(cluster.waivers().get(0).reason()).isEqualTo("a long reason");
    }
}
