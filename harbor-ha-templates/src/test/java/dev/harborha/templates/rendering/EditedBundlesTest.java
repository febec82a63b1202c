package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.keys.InternalTls.Component;
import dev.harborha.model.Cluster;
import dev.harborha.render.Bundle;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.secret.Secret;
import dev.harborha.testing.ServerPair;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Severity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One file of one machine of a rendered bundle is edited, and the audit says so: with the rule that the edit is for, and with no
 * other one than those that are named as its companions. Each rule has such an edit.
 */
class EditedBundlesTest {

    private static final InternalTls TLS = TestKeys.KEYS.internalTls().orElseThrow();
    private static final ClusterKeys OTHER_KEYS = ClusterKeys.generate(2048);
    private static final ServerPair OTHER_PAIR = ServerPair.make();

    private static final String NODE = "nodes/harbor-2/";
    private static final String INSTALL = NODE + "srv/harbor/install/";
    private static final String CONFIG = INSTALL + "common/config/";
    private static final String SECRET = NODE + "srv/harbor/data/secret/";
    private static final String CORE = CONFIG + "core/env";
    private static final String COMPOSE = INSTALL + "docker-compose.yml";
    private static final String REGISTRY = CONFIG + "registry/config.yml";
    private static final String JOBS = CONFIG + "jobservice/config.yml";
    private static final String TOKEN_KEY = SECRET + "core/private_key.pem";
    private static final String BALANCER = "lb/pem-2/etc/nginx/nginx.conf";
    private static final String UPSTREAM = "lb/pem-2/var/lib/harbor-lb/upstream.conf";
    private static final String BALANCER_CERTIFICATE = "lb/pem-2/etc/nginx/tls/harbor.crt";
    private static final String BALANCER_KEY = "lb/pem-2/etc/nginx/tls/harbor.key";
    private static final String HAPROXY = "lb/lb-2/etc/haproxy/haproxy.cfg";
    private static final String KEEPALIVED = "lb/lb-2/etc/keepalived/keepalived.conf";
    private static final String OF_05 = NODE + "make/common/templates/";
    private static final String OF_INSTALLER = NODE + "opt/harbor/";

    /** What is rendered before it is edited. */
    private enum Base {
        /** Every part of 2.x in the complete way, with certificates everywhere. */
        COMPLETE,
        /** The same, and the load balancers do not verify what the nodes show. */
        UNVERIFIED,
        /** 2.x in the installer's way. */
        INSTALLER,
        /** 0.5 with two load balancers. */
        OF_05,
        /** Two HAProxy that share an address. */
        HAPROXY;

        private Cluster cluster() {
            Map<String, Cluster> all = Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey());
            return switch (this) {
                case COMPLETE -> withBalancers(all.get("2.15-everything"));
                case UNVERIFIED ->
                    withBalancers(all.get("2.15-everything").toBuilder()
                            .nodeTls(tls -> tls.certificatePem(TestKeys.certificate(), TestKeys.certificateKey())
                                    .httpPort(8081))
                            .build());
                case INSTALLER -> all.get("2.15-installer");
                case HAPROXY -> all.get("lb-haproxy-vip");
                case OF_05 -> withBalancers(all.get("post-s3-https"));
            };
        }

        /** Adds load balancers whose certificate is among the files. */
        private static Cluster withBalancers(Cluster cluster) {
            return cluster.toBuilder()
                    .loadBalancer(lb -> lb.name("pem-1")
                            .nginx("10.0.0.8")
                            .certificatePem(TestKeys.certificate(), TestKeys.certificateKey()))
                    .loadBalancer(lb -> lb.name("pem-2")
                            .nginx("10.0.0.7")
                            .certificatePem(TestKeys.certificate(), TestKeys.certificateKey()))
                    .build();
        }

        private static final Map<Base, Bundle> RENDERED = new TreeMap<>();

        Bundle rendered() {
            return RENDERED.computeIfAbsent(this, base -> TestKeys.HARBOR.render(base.cluster(), TestKeys.KEYS));
        }
    }

    /**
     * An edit.
     *
     * @param rule the rule that it is for
     * @param base what is edited
     * @param edit what is done
     * @param companions the rules that see it as well
     * @param day the day of the audit, where that matters
     */
    private record Edit(
            String rule, Base base, Consumer<EditedBundle> edit, Set<String> companions, Optional<LocalDate> day) {

        @Override
        public String toString() {
            return rule;
        }
    }

    private static final List<Edit> EDITS = new ArrayList<>();

    private static void edit(String rule, Base base, Consumer<EditedBundle> edit, String... companions) {
        add(rule, base, edit, Optional.empty(), companions);
    }

    private static void add(
            String rule, Base base, Consumer<EditedBundle> edit, Optional<LocalDate> day, String... companions) {
        Set<String> others = Stream.of(companions).map("bundle."::concat).collect(Collectors.toSet());
        EDITS.add(new Edit("bundle." + rule, base, edit, others, day));
    }

    static {
        keys();
        containers();
        shared();
        registry();
        internalTls();
        certificates();
        proxies();
        haproxy();
        keepalived();
        machines();
    }

    private static void keys() {
        String otherKey = OTHER_KEYS.tokenKey().reveal();
        edit("token-keys-differ", Base.COMPLETE, files -> files.write(TOKEN_KEY, otherKey), "certificate-does-not-fit");
        edit("token-key-unfit", Base.COMPLETE, files -> files.write(TOKEN_KEY, OTHER_PAIR.key()), "token-keys-differ");
        edit(
                "certificate-does-not-fit",
                Base.OF_05,
                files -> files.write(OF_05 + "registry/root.crt", OTHER_KEYS.tokenCertificate()));
        edit(
                "secret-keys-differ",
                Base.COMPLETE,
                files -> files.write(
                        SECRET + "keys/secretkey", OTHER_KEYS.secretKey().reveal()));
        edit(
                "secret-key-unfit",
                Base.OF_05,
                files -> files.edit(NODE + "data/secretkey", text -> text + "\n"),
                "secret-keys-differ");
        edit(
                "key-missing",
                Base.COMPLETE,
                files -> files.remove(SECRET + "registry/root.crt"),
                "file-missing",
                "mount-missing");
    }

    private static void containers() {
        edit("container-secrets-differ", Base.COMPLETE, files -> files.replace(CORE, "CORE_SECRET=", "CORE_SECRET=x"));
        edit(
                "secret-empty",
                Base.COMPLETE,
                files -> files.replace(CORE, "CORE_SECRET=.*", "CORE_SECRET="),
                "container-secrets-differ");
        edit(
                "secrets-left-to-prepare",
                Base.INSTALLER,
                files -> files.replace(OF_INSTALLER + "docker-compose.override.yml", "CSRF_KEY: .*\n", "\n"),
                "environments-differ");
        edit(
                "csrf-key-length",
                Base.COMPLETE,
                files -> files.replace(CORE, "CSRF_KEY=.", "CSRF_KEY="),
                "environments-differ");
        edit(
                "secret-published",
                Base.COMPLETE,
                files -> files.replace(CORE, "HARBOR_ADMIN_PASSWORD=.*", "HARBOR_ADMIN_PASSWORD=Harbor12345"),
                "environments-differ");
        edit(
                "registry-hash-slow",
                Base.COMPLETE,
                files -> files.replace(CONFIG + "registry/passwd", "\\$05\\$", "\\$14\\$"));
        edit(
                "registry-password-does-not-fit",
                Base.COMPLETE,
                files -> files.write(
                        CONFIG + "registry/passwd",
                        OTHER_KEYS.registryHtpasswd().reveal() + "\n"));
        edit(
                "scanner-prefix-empty",
                Base.COMPLETE,
                files -> files.replace(CORE, "ROBOT_SCANNER_NAME_PREFIX=.*", "ROBOT_SCANNER_NAME_PREFIX="),
                "environments-differ");
        edit(
                "container-settings-differ",
                Base.COMPLETE,
                files -> files.replace(CONFIG + "exporter/env", "DATABASE_PORT=5433", "DATABASE_PORT=5432"));
        edit(
                "container-url-outside-node",
                Base.COMPLETE,
                files -> files.replace(
                        CORE, "REGISTRY_URL=https://registry", "REGISTRY_URL=https://registry.example.com"));
        edit("no-proxy-incomplete", Base.COMPLETE, files -> files.replace(CORE, "registry,registryctl,", "registry,"));
        edit(
                "scanner-missing",
                Base.COMPLETE,
                files -> files.replace(COMPOSE, "\n  trivy-adapter:", "\n  something-else:"));
        edit("job-logs-on-one-node", Base.COMPLETE, files -> files.replace(JOBS, "\"DB\"", "\"FILE\""));
    }

    private static void shared() {
        edit(
                "environments-differ",
                Base.COMPLETE,
                files -> files.replace(CORE, "POSTGRESQL_USERNAME=.*", "POSTGRESQL_USERNAME=somebody"));
        edit(
                "scanner-settings-differ",
                Base.COMPLETE,
                files -> files.replace(CONFIG + "trivy-adapter/env", "TRIVY_TIMEOUT=5m", "TRIVY_TIMEOUT=10m"));
        edit(
                "log-targets-differ",
                Base.COMPLETE,
                files -> files.replace(CONFIG + "log/rsyslog_docker.conf", "Port=\"514\"", "Port=\"515\""));
        edit(
                "backend-on-node",
                Base.COMPLETE,
                files -> files.replace(CORE, "POSTGRESQL_HOST=.*", "POSTGRESQL_HOST=localhost"),
                "environments-differ",
                "container-settings-differ");
        edit(
                "redis-databases-shared",
                Base.COMPLETE,
                files -> files.replace(JOBS, "mymaster/2", "mymaster/1"),
                "environments-differ",
                "container-settings-differ");
        edit(
                "registry-redis-differs",
                Base.COMPLETE,
                files -> files.replace(REGISTRY, "db: 1", "db: 9"),
                "environments-differ");
    }

    private static void registry() {
        edit(
                "realms-differ",
                Base.OF_05,
                files ->
                        files.replace(OF_05 + "registry/config.yml", "https://harbor.example.com", "http://10.0.0.12"));
        edit("upload-secrets-differ", Base.COMPLETE, files -> files.replace(REGISTRY, " secret: \"", " secret: \"x"));
        edit(
                "upload-secret-missing",
                Base.COMPLETE,
                files -> files.replace(REGISTRY, " secret: .*", ""),
                "upload-secrets-differ");
        edit("storages-differ", Base.COMPLETE, files -> files.replace(REGISTRY, "bucket: \"layers\"", "bucket: other"));
        edit(
                "storage-on-node",
                Base.COMPLETE,
                files -> files.replace(REGISTRY, "\n  s3:", "\n  filesystem:"),
                "storages-differ");
        edit(
                "storage-ambiguous",
                Base.COMPLETE,
                files -> files.replace(REGISTRY, "\n  s3:", "\n  oss: {bucket: x}\n  s3:"),
                "storages-differ");
        edit(
                "redirect-misspelled",
                Base.COMPLETE,
                files -> files.replace(REGISTRY, "redirect:\n    disable:", "redirect:\n    disabled:"),
                "storages-differ");
        edit(
                "registry-cache-in-memory",
                Base.COMPLETE,
                files -> files.replace(REGISTRY, "layerinfo: \"redis\"", "layerinfo: inmemory"),
                "storages-differ");
    }

    private static void internalTls() {
        edit(
                "internal-tls-does-not-fit",
                Base.COMPLETE,
                files -> files.write(SECRET + "tls/core.crt", TLS.certificate(Component.PORTAL)));
        edit(
                "internal-tls-expiry",
                Base.INSTALLER,
                files -> {
                    files.add(NODE + "data/secret/tls/harbor_internal_ca.crt", TLS.caCertificate());
                    files.add(NODE + "data/secret/tls/core.crt", TLS.certificate(Component.CORE));
                    files.add(
                            NODE + "data/secret/tls/core.key",
                            TLS.key(Component.CORE).reveal());
                },
                "file-missing",
                "unreadable-in-container");
        edit("internal-tls-on-part", Base.COMPLETE, files -> files.replace(JOBS, "\"https\"", "\"http\""));
        edit(
                "internal-ca-not-trusted",
                Base.COMPLETE,
                files -> files.remove(CONFIG + "shared/trust-certificates/harbor_internal_ca.crt"),
                "file-missing");
        edit(
                "trust-differs",
                Base.COMPLETE,
                files -> files.write(CONFIG + "shared/trust-certificates/redis_tls_ca.crt", OTHER_PAIR.certificate()));
    }

    private static void certificates() {
        edit("server-certificate-does-not-fit", Base.COMPLETE, files -> files.write(BALANCER_KEY, OTHER_PAIR.key()));
        edit(
                "server-certificate-names",
                Base.COMPLETE,
                files -> files.write(SECRET + "cert/server.crt", TLS.certificate(Component.CORE)),
                "server-certificate-does-not-fit",
                "server-certificates-differ");
        edit(
                "node-certificate-names",
                Base.UNVERIFIED,
                files -> files.write(SECRET + "cert/server.crt", TLS.certificate(Component.CORE)),
                "server-certificate-does-not-fit",
                "server-certificates-differ");
        edit(
                "server-certificate-chain",
                Base.COMPLETE,
                files -> files.edit(BALANCER_CERTIFICATE, text -> text + TLS.caCertificate()));
        edit(
                "server-certificates-differ",
                Base.COMPLETE,
                files -> files.write(BALANCER_CERTIFICATE, OTHER_PAIR.certificate()),
                "server-certificate-does-not-fit");
        LocalDate end = LocalDate.ofInstant(TLS.expiry(), ZoneOffset.UTC);
        add(
                "certificate-not-valid",
                Base.OF_05,
                files -> files.write(BALANCER_CERTIFICATE, TLS.certificate(Component.CORE)),
                Optional.of(end.plusDays(1)),
                "server-certificate-does-not-fit",
                "server-certificate-names",
                "server-certificates-differ");
        add(
                "certificate-expires-soon",
                Base.OF_05,
                files -> files.write(BALANCER_CERTIFICATE, TLS.certificate(Component.CORE)),
                Optional.of(end.minusDays(7)),
                "server-certificate-does-not-fit",
                "server-certificate-names",
                "server-certificates-differ");
    }

    private static void proxies() {
        edit(
                "forwarded-proto-overwritten",
                Base.OF_05,
                files -> files.replace(
                        OF_05 + "nginx/nginx.http.conf",
                        "proxy_buffering off;",
                        "proxy_set_header X-Forwarded-Proto \\$\\$scheme;"));
        edit(
                "forwarded-proto-missing",
                Base.OF_05,
                files -> files.replace(BALANCER, "proxy_set_header X-Forwarded-Proto https;", ""));
        edit("host-not-passed", Base.COMPLETE, files -> files.replace(BALANCER, "proxy_set_header Host .*;", ""));
        edit(
                "body-size-limited",
                Base.COMPLETE,
                files -> files.replace(
                        CONFIG + "nginx/nginx.conf", "client_max_body_size 0;", "client_max_body_size 10m;"));
        edit(
                "redirect-loop",
                Base.COMPLETE,
                files -> {
                    files.edit(BALANCER, text -> text.replace("https://harbor;", "http://harbor;"));
                    files.edit(
                            UPSTREAM,
                            text -> text.replace("10.0.0.11:443", "10.0.0.11:8081")
                                    .replace("10.0.0.12:8443", "10.0.0.12:8081"));
                },
                "balancers-differ");
        edit(
                "public-url-missing",
                Base.COMPLETE,
                files -> files.replace(CORE, "EXT_ENDPOINT=https://", "EXT_ENDPOINT="),
                "environments-differ");
        edit(
                "public-url-malformed",
                Base.COMPLETE,
                files -> files.replace(CORE, "EXT_ENDPOINT=.*", "EXT_ENDPOINT=https://harbor.example.com/"),
                "environments-differ");
        edit(
                "public-url-is-node",
                Base.OF_05,
                files -> files.replace(
                        OF_05.replace("harbor-2", "harbor-1") + "ui/env",
                        "EXT_ENDPOINT=.*",
                        "EXT_ENDPOINT=https://10.0.0.11"),
                "environments-differ",
                "host-not-passed",
                "server-certificate-names");
        edit(
                "balancer-lacks-node",
                Base.COMPLETE,
                files -> files.replace(UPSTREAM, "server 10.0.0.12:8443.*", ""),
                "balancers-differ");
        edit(
                "balancers-differ",
                Base.COMPLETE,
                files -> files.replace(UPSTREAM, "server 10.0.0.12:8443", "server 10.0.0.13:8443"));
        edit("port-not-published", Base.COMPLETE, files -> files.replace(COMPOSE, "8443:8443", "9443:8443"));
    }

    private static void haproxy() {
        edit(
                "client-headers-passed",
                Base.HAPROXY,
                files -> files.replace(HAPROXY, "http-request del-header Forwarded", ""));
        edit(
                "check-without-host",
                Base.HAPROXY,
                files -> files.replace(HAPROXY, "hdr Host harbor", "hdr X-Host harbor"));
        edit(
                "servers-unchecked",
                Base.HAPROXY,
                files -> files.replace(HAPROXY, "(server harbor-2 .*) check\n", "$1\n"));
        edit(
                "no-unchecked-fallback",
                Base.HAPROXY,
                files -> files.replace(HAPROXY, "use_backend .*_unchecked if .*", ""));
        edit(
                "balancer-cuts-layers",
                Base.HAPROXY,
                files -> files.replace(HAPROXY, "timeout client 900s", "timeout client 30s"));
        edit(
                "balancer-tls-old",
                Base.HAPROXY,
                files -> files.replace(HAPROXY, "ssl-min-ver TLSv1.3", "ssl-min-ver TLSv1.1"));
    }

    private static void keepalived() {
        edit(
                "vrrp-groups-differ",
                Base.HAPROXY,
                files -> files.replace(KEEPALIVED, "virtual_router_id .*", "virtual_router_id 7"));
        edit(
                "vrrp-addresses-differ",
                Base.HAPROXY,
                files -> files.replace(KEEPALIVED, "10.0.0.100/24", "10.0.0.101/24"));
        edit(
                "vrrp-greetings-differ",
                Base.HAPROXY,
                files -> files.replace(KEEPALIVED, "auth_pass .*", "auth_pass another"));
        edit("vrrp-peers-do-not-fit", Base.HAPROXY, files -> files.replace(KEEPALIVED, "10.0.0.9\n", "10.0.0.99\n"));
        edit("vrrp-two-masters", Base.HAPROXY, files -> {
            files.replace(KEEPALIVED, "state BACKUP", "state MASTER");
            files.replace(KEEPALIVED.replace("lb-2", "lb-1"), "state BACKUP", "state MASTER");
        });
        edit("vrrp-priorities-equal", Base.HAPROXY, files -> files.replace(KEEPALIVED, "priority .*", "priority 150"));
    }

    private static void machines() {
        edit(
                "images-differ",
                Base.COMPLETE,
                files -> files.replace(COMPOSE, "harbor-core:v2.15.2", "harbor-core:patched"));
        edit(
                "images-mixed",
                Base.COMPLETE,
                files -> files.replace(COMPOSE, "harbor-core:v2.15.2", "harbor-core:v2.15.1"),
                "images-differ");
        edit("mount-missing", Base.COMPLETE, files -> files.remove(CONFIG + "core/app.conf"), "file-missing");
        edit("subnet-clash", Base.COMPLETE, files -> files.replace(COMPOSE, "10.250.0.0/24", "10.0.0.0/24"));
        edit("file-missing", Base.OF_05, files -> files.remove(NODE + "etc/chrony/sources.d/harbor.sources"));
        edit(
                "private-key-readable",
                Base.COMPLETE,
                files -> files.access(SECRET + "tls/core.key", Mode.PUBLIC, new Owner(10_000, 10_000)));
        edit("secret-readable", Base.COMPLETE, files -> files.access(CORE, Mode.PUBLIC, Owner.ROOT));
        edit("unreadable-in-container", Base.COMPLETE, files -> files.access(TOKEN_KEY, Mode.PRIVATE, Owner.ROOT));
        edit("not-executable", Base.INSTALLER, files -> files.access(NODE + "install.sh", Mode.PUBLIC, Owner.ROOT));
    }

    static List<Edit> edits() {
        return EDITS;
    }

    private static Set<String> found(Edit edit, Bundle bundle) {
        HarborHa harbor = edit.day().map(TestKeys.HARBOR::on).orElse(TestKeys.HARBOR);
        return harbor.audit(bundle).findings().stream().map(Finding::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditIsFound(Edit edit) {
        Bundle rendered = edit.base().rendered();
        EditedBundle edited = new EditedBundle(rendered);
        edit.edit().accept(edited);
        Set<String> expected = new TreeSet<>(edit.companions());
        expected.add(edit.rule());
        Set<String> found = found(edit, edited.bundle());
        Set<String> before = found(edit, rendered);
        assertThat(before).doesNotContain(edit.rule());
        found.removeAll(before);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyRuleHasAnEdit() {
        assertThat(EDITS)
                .extracting(Edit::rule)
                .containsExactlyInAnyOrderElementsOf(TestKeys.HARBOR.bundleRules().stream()
                        .map(rule -> rule.info().id())
                        .toList());
    }

    /** What is edited was sound. */
    @ParameterizedTest
    @MethodSource("bases")
    void whatIsEditedHasNotesOnly(Base base) {
        assertThat(TestKeys.HARBOR.audit(base.rendered()).findings())
                .allMatch(finding -> finding.severity() == Severity.NOTE);
    }

    static Stream<Base> bases() {
        return Stream.of(Base.values());
    }

    /** No finding of any edit repeats a secret of the keys or of the cluster. */
    @ParameterizedTest
    @MethodSource("edits")
    void noFindingTellsASecret(Edit edit) {
        EditedBundle edited = new EditedBundle(edit.base().rendered());
        edit.edit().accept(edited);
        String report = TestKeys.HARBOR.audit(edited.bundle()).toString();
        List<String> secrets = edit.base().cluster().secrets().values().stream()
                .map(Secret::reveal)
                .filter(secret -> secret.lines().count() == 1)
                .toList();
        assertThat(report)
                .doesNotContain(secrets)
                .doesNotContain(
                        TestKeys.KEYS.coreSecret().reveal(),
                        TestKeys.KEYS.csrfKey().reveal(),
                        TestKeys.KEYS.registryPassword().reveal(),
                        TestKeys.KEYS.registryHttpSecret().reveal());
    }
}
