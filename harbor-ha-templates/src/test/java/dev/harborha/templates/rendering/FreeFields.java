package dev.harborha.templates.rendering;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.ServiceUrl;
import dev.harborha.model.SwiftStorage;
import dev.harborha.model.Trace;
import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** The free fields of clusters of several releases. */
final class FreeFields {

    private static final String MARKER = "marker1";

    static final List<FreeField> ALL = all();

    private final String of;
    private final Cluster base;
    private final List<FreeField> fields = new ArrayList<>();

    /** Takes the cluster that has all fields, and what to call it. */
    private FreeFields(String of, Cluster base) {
        this.of = of;
        this.base = base;
    }

    private static List<FreeField> all() {
        List<FreeField> all = new ArrayList<>(new FreeFields("0.5", Scenarios.post()).of05());
        all.addAll(new FreeFields("newest", Scenarios.installed("2.15.2", c -> c.complete())).of2x(true));
        all.addAll(new FreeFields("2.0", Scenarios.installed("2.0.6", c -> c.complete())).of2x(false));
        all.addAll(new FreeFields("newest, by its installer", Scenarios.installed("2.15.2", c -> c.installer()))
                .of2x(true));
        all.addAll(
                new FreeFields("2.0, by its installer", Scenarios.installed("2.0.6", c -> c.installer())).of2x(false));
        return List.copyOf(all);
    }

    private List<FreeField> of05() {
        common();
        secret(
                "redis.password",
                (c, secret) ->
                        c.redis(redis -> redis.address("redis.example.com").password(secret)));
        harborCfg();
        return fields;
    }

    private List<FreeField> of2x(boolean newest) {
        common();
        secret(
                "redis.password",
                (c, secret) ->
                        c.redis(redis -> redis.address("redis.example.com").password(secret)));
        text("swift.tenantDomain", (c, text) -> swift(c, swift -> swift.tenantDomain(text)));
        text("swift.tenantDomainId", (c, text) -> swift(c, swift -> swift.tenantDomainId(text)));
        secret("trivy.githubToken", (c, secret) -> c.harborYml(yml -> yml.trivy(trivy -> trivy.githubToken(secret))));
        text("proxy.username", (c, text) -> proxy(c, text, Secret.of("x")));
        secret("proxy.password", (c, secret) -> proxy(c, "x", secret));
        path("nodeTls.certificate", "/etc/marker1", (c, text) -> c.nodeTls(tls -> tls.certificate(text, "/etc/x.key")));
        if (newest) {
            text(
                    "redis.username",
                    (c, text) -> c.redis(redis -> redis.address("redis.example.com")
                            .username(text)
                            .password(Secret.of("x"))
                            .registryAsDefaultUser()));
            text(
                    "trace.namespace",
                    (c, text) -> c.harborYml(
                            yml -> yml.trace(trace -> trace.namespace(text).jaegerAgent("jaeger.example.com"))));
            text(
                    "trace.attributes",
                    (c, text) -> c.harborYml(yml ->
                            yml.trace(trace -> trace.attribute("place", text).jaegerAgent("jaeger.example.com"))));
            text("trace.jaeger.username", (c, text) -> jaeger(c, text, Secret.of("x")));
            secret("trace.jaeger.password", (c, secret) -> jaeger(c, "x", secret));
        }
        return fields;
    }

    private void common() {
        secret("adminPassword", ClusterBuilder::adminPassword);
        text("database.username", (c, text) -> database(c, text, Secret.of("x"), "registry"));
        secret("database.password", (c, secret) -> database(c, "root", secret, "registry"));
        text("database.name", (c, text) -> database(c, "root", Secret.of("x"), text));
        path(
                "loadBalancer.certificate",
                "/etc/marker1",
                (c, text) -> c.loadBalancer(lb -> lb.nginx("10.0.0.99").certificate(text, "/etc/x.key")));
        s3();
        azureGcsOss();
        swift();
        path(
                "sharedFilesystem.path",
                "/mnt/marker1",
                (c, text) -> c.sharedFilesystem(fs -> fs.path(text).source("nfs.example.com:/x")));
        path(
                "sharedFilesystem.source",
                "nfs.example.com:/marker1",
                (c, text) -> c.sharedFilesystem(fs -> fs.path("/mnt/x").source(text)));
    }

    private static void proxy(ClusterBuilder c, String user, Secret password) {
        c.harborYml(yml ->
                yml.proxy(proxy -> proxy.http("http://proxy.example.com:3128").credentials(user, password)));
    }

    private static void jaeger(ClusterBuilder c, String user, Secret password) {
        c.harborYml(yml -> yml.trace(trace -> trace.exporter(new Trace.JaegerCollector(
                new ServiceUrl("http://jaeger.example.com:14268/api/traces"),
                Optional.of(user),
                Optional.of(password)))));
    }

    private static void database(ClusterBuilder c, String user, Secret password, String name) {
        c.database(db ->
                db.address("db.example.com").username(user).password(password).name(name));
    }

    private void s3() {
        secret(
                "s3.accessKey",
                (c, secret) ->
                        c.s3(s3 -> s3.bucket("layers").region("eu-west-1").credentials(secret, Secret.of("x"))));
        secret(
                "s3.secretKey",
                (c, secret) ->
                        c.s3(s3 -> s3.bucket("layers").region("eu-west-1").credentials(Secret.of("x"), secret)));
        text("s3.bucket", (c, text) -> c.s3(s3 -> s3.bucket(text).region("eu-west-1")));
        text(
                "s3.region",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region(text).endpoint("https://s3.example.com")));
        text(
                "s3.rootDirectory",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").rootDirectory(text)));
        text(
                "s3.keyId",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").keyId(text)));
        text(
                "s3.userAgent",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").userAgent(text)));
    }

    private void azureGcsOss() {
        secret(
                "azure.accountKey",
                (c, secret) -> c.azure(azure -> azure.account("layers", secret).container("layers")));
        text(
                "azure.container",
                (c, text) ->
                        c.azure(azure -> azure.account("layers", Secret.of("x")).container(text)));
        text("gcs.rootDirectory", (c, text) -> c.gcs(gcs -> gcs.bucket("layers").rootDirectory(text)));
        path(
                "gcs.keyFile",
                "/etc/marker1",
                (c, text) -> c.gcs(gcs -> gcs.bucket("layers").keyFile(text)));
        secret(
                "oss.accessKeyId",
                (c, secret) ->
                        c.oss(oss -> oss.region("oss-eu").bucket("layers").credentials(secret, Secret.of("x"))));
        secret(
                "oss.accessKeySecret",
                (c, secret) ->
                        c.oss(oss -> oss.region("oss-eu").bucket("layers").credentials(Secret.of("x"), secret)));
        text(
                "oss.rootDirectory",
                (c, text) -> c.oss(oss -> oss.region("oss-eu")
                        .bucket("layers")
                        .credentials(Secret.of("x"), Secret.of("x"))
                        .rootDirectory(text)));
    }

    private void swift() {
        text(
                "swift.username",
                (c, text) -> c.swift(swift -> swift.authUrl("https://s.example.com")
                        .user(text, Secret.of("x"))
                        .container("layers")));
        secret(
                "swift.password",
                (c, secret) -> c.swift(swift -> swift.authUrl("https://s.example.com")
                        .user("user", secret)
                        .container("layers")));
        option("container", (swift, text) -> swift.container(text));
        option("tenant", SwiftStorage.Builder::tenant);
        option("tenantId", SwiftStorage.Builder::tenantId);
        option("domain", SwiftStorage.Builder::domain);
        option("domainId", SwiftStorage.Builder::domainId);
        option("trustId", SwiftStorage.Builder::trustId);
        option("region", SwiftStorage.Builder::region);
        option("prefix", SwiftStorage.Builder::prefix);
        secret(
                "swift.tempUrlKeys",
                (c, secret) -> c.swift(swift -> swift.authUrl("https://s.example.com")
                        .user("user", Secret.of("x"))
                        .container("layers")
                        .tempUrlKeys(secret, Secret.of("x"))));
    }

    private void option(String name, BiConsumer<SwiftStorage.Builder, String> set) {
        text("swift." + name, (c, text) -> swift(c, swift -> set.accept(swift, text)));
    }

    private static void swift(ClusterBuilder c, Consumer<SwiftStorage.Builder> rest) {
        c.swift(swift -> {
            swift.authUrl("https://s.example.com").user("user", Secret.of("x")).container("layers");
            rest.accept(swift);
        });
    }

    private void harborCfg() {
        text("mail.username", (c, text) -> mail(c, text, Secret.of("x"), "y", Optional.empty()));
        secret("mail.password", (c, secret) -> mail(c, "x", secret, "y", Optional.empty()));
        text("mail.from", (c, text) -> mail(c, "x", Secret.of("x"), text, Optional.empty()));
        text("mail.identity", (c, text) -> mail(c, "x", Secret.of("x"), "y", Optional.of(text)));
        path(
                "ldap.url",
                "ldap://marker1",
                (c, text) -> ldap(c, new HarborCfg.Ldap(text, "dc=x", "uid", 3, Optional.empty(), Optional.empty())));
        ldap("baseDn", text -> new HarborCfg.Ldap("ldap://x", text, "uid", 3, Optional.empty(), Optional.empty()));
        ldap("uid", text -> new HarborCfg.Ldap("ldap://x", "dc=x", text, 3, Optional.empty(), Optional.empty()));
        ldap("filter", text -> new HarborCfg.Ldap("ldap://x", "dc=x", "uid", 3, Optional.empty(), Optional.of(text)));
        ldap("searchDn", text -> searched(new HarborCfg.SearchUser(text, Secret.of("x"))));
        secret("ldap.searchPassword", (c, secret) -> ldap(c, searched(new HarborCfg.SearchUser("cn=x", secret))));
    }

    private static void mail(ClusterBuilder c, String user, Secret password, String from, Optional<String> identity) {
        HostPort server = HostPort.parse("smtp.example.com", 25);
        c.harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(server, user, password, from, false, identity)));
    }

    private static HarborCfg.Ldap searched(HarborCfg.SearchUser user) {
        return new HarborCfg.Ldap("ldap://x", "dc=x", "uid", 3, Optional.of(user), Optional.empty());
    }

    private void ldap(String name, Function<String, HarborCfg.Ldap> made) {
        text("ldap." + name, (c, text) -> ldap(c, made.apply(text)));
    }

    private static void ldap(ClusterBuilder c, HarborCfg.Ldap ldap) {
        c.harborCfg(cfg -> cfg.ldap(ldap));
    }

    private void text(String name, BiConsumer<ClusterBuilder, String> set) {
        add(name, MARKER, false, set);
    }

    private void path(String name, String marker, BiConsumer<ClusterBuilder, String> set) {
        add(name, marker, false, set);
    }

    private void secret(String name, BiConsumer<ClusterBuilder, Secret> set) {
        add(name, MARKER, true, (c, text) -> set.accept(c, Secret.of(text)));
    }

    private void add(String name, String marker, boolean secret, BiConsumer<ClusterBuilder, String> set) {
        fields.add(new FreeField(name + " of " + of, base, marker, secret, set));
    }
}
