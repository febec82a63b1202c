package dev.harborha.templates.rendering;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.model.SwiftStorage;
import dev.harborha.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A place in a cluster that takes a text as it is.
 *
 * @param name its name
 * @param marker a text that it takes
 * @param secret whether the text is a secret
 * @param set puts a text there
 */
record FreeField(String name, String marker, boolean secret, BiConsumer<ClusterBuilder, String> set) {

    private static final String MARKER = "marker1";

    static final List<FreeField> ALL = all();

    /** Returns a cluster that has a text in this place; everything else is always the same. */
    Cluster with(String text) {
        ClusterBuilder builder = Scenarios.post().toBuilder();
        set.accept(builder, text);
        return builder.build();
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<FreeField> all() {
        List<FreeField> fields = new ArrayList<>();
        secret(fields, "adminPassword", ClusterBuilder::adminPassword);
        text(fields, "database.username", (c, text) -> database(c, text, Secret.of("x"), "registry"));
        secret(fields, "database.password", (c, secret) -> database(c, "root", secret, "registry"));
        text(fields, "database.name", (c, text) -> database(c, "root", Secret.of("x"), text));
        secret(
                fields,
                "redis.password",
                (c, secret) ->
                        c.redis(redis -> redis.address("redis.example.com").password(secret)));
        fields.add(new FreeField(
                "loadBalancer.certificate",
                "/etc/marker1",
                false,
                (c, text) -> c.loadBalancer(lb -> lb.nginx("10.0.0.99").certificate(text, "/etc/x.key"))));
        s3(fields);
        azureGcsOss(fields);
        swift(fields);
        harborCfg(fields);
        fields.add(new FreeField(
                "sharedFilesystem.path",
                "/mnt/marker1",
                false,
                (c, text) -> c.sharedFilesystem(fs -> fs.path(text).source("nfs.example.com:/x"))));
        fields.add(new FreeField(
                "sharedFilesystem.source",
                "nfs.example.com:/marker1",
                false,
                (c, text) -> c.sharedFilesystem(fs -> fs.path("/mnt/x").source(text))));
        return List.copyOf(fields);
    }

    private static void database(ClusterBuilder c, String user, Secret password, String name) {
        c.database(db -> db.address("mysql.example.com")
                .username(user)
                .password(password)
                .name(name));
    }

    private static void s3(List<FreeField> fields) {
        secret(
                fields,
                "s3.accessKey",
                (c, secret) ->
                        c.s3(s3 -> s3.bucket("layers").region("eu-west-1").credentials(secret, Secret.of("x"))));
        secret(
                fields,
                "s3.secretKey",
                (c, secret) ->
                        c.s3(s3 -> s3.bucket("layers").region("eu-west-1").credentials(Secret.of("x"), secret)));
        text(fields, "s3.bucket", (c, text) -> c.s3(s3 -> s3.bucket(text).region("eu-west-1")));
        text(
                fields,
                "s3.region",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region(text).endpoint("https://s3.example.com")));
        text(
                fields,
                "s3.rootDirectory",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").rootDirectory(text)));
        text(
                fields,
                "s3.keyId",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").keyId(text)));
        text(
                fields,
                "s3.userAgent",
                (c, text) -> c.s3(s3 -> s3.bucket("layers").region("eu-west-1").userAgent(text)));
    }

    private static void azureGcsOss(List<FreeField> fields) {
        secret(
                fields,
                "azure.accountKey",
                (c, secret) -> c.azure(azure -> azure.account("layers", secret).container("layers")));
        text(
                fields,
                "azure.container",
                (c, text) ->
                        c.azure(azure -> azure.account("layers", Secret.of("x")).container(text)));
        text(
                fields,
                "gcs.rootDirectory",
                (c, text) -> c.gcs(gcs -> gcs.bucket("layers").rootDirectory(text)));
        fields.add(new FreeField(
                "gcs.keyFile",
                "/etc/marker1",
                false,
                (c, text) -> c.gcs(gcs -> gcs.bucket("layers").keyFile(text))));
        secret(
                fields,
                "oss.accessKeyId",
                (c, secret) ->
                        c.oss(oss -> oss.region("oss-eu").bucket("layers").credentials(secret, Secret.of("x"))));
        secret(
                fields,
                "oss.accessKeySecret",
                (c, secret) ->
                        c.oss(oss -> oss.region("oss-eu").bucket("layers").credentials(Secret.of("x"), secret)));
        text(
                fields,
                "oss.rootDirectory",
                (c, text) -> c.oss(oss -> oss.region("oss-eu")
                        .bucket("layers")
                        .credentials(Secret.of("x"), Secret.of("x"))
                        .rootDirectory(text)));
    }

    private static void swift(List<FreeField> fields) {
        text(
                fields,
                "swift.username",
                (c, text) -> c.swift(swift -> swift.authUrl("https://s.example.com")
                        .user(text, Secret.of("x"))
                        .container("layers")));
        secret(
                fields,
                "swift.password",
                (c, secret) -> c.swift(swift -> swift.authUrl("https://s.example.com")
                        .user("user", secret)
                        .container("layers")));
        option(fields, "container", (swift, text) -> swift.container(text));
        option(fields, "tenant", SwiftStorage.Builder::tenant);
        option(fields, "tenantId", SwiftStorage.Builder::tenantId);
        option(fields, "domain", SwiftStorage.Builder::domain);
        option(fields, "domainId", SwiftStorage.Builder::domainId);
        option(fields, "trustId", SwiftStorage.Builder::trustId);
        option(fields, "region", SwiftStorage.Builder::region);
        option(fields, "prefix", SwiftStorage.Builder::prefix);
        secret(
                fields,
                "swift.tempUrlKeys",
                (c, secret) -> c.swift(swift -> swift.authUrl("https://s.example.com")
                        .user("user", Secret.of("x"))
                        .container("layers")
                        .tempUrlKeys(secret, Secret.of("x"))));
    }

    private static void option(List<FreeField> fields, String name, BiConsumer<SwiftStorage.Builder, String> set) {
        text(
                fields,
                "swift." + name,
                (c, text) -> c.swift(swift -> {
                    swift.authUrl("https://s.example.com")
                            .user("user", Secret.of("x"))
                            .container("layers");
                    set.accept(swift, text);
                }));
    }

    private static void harborCfg(List<FreeField> fields) {
        text(fields, "mail.username", (c, text) -> mail(c, text, Secret.of("x"), "y", Optional.empty()));
        secret(fields, "mail.password", (c, secret) -> mail(c, "x", secret, "y", Optional.empty()));
        text(fields, "mail.from", (c, text) -> mail(c, "x", Secret.of("x"), text, Optional.empty()));
        text(fields, "mail.identity", (c, text) -> mail(c, "x", Secret.of("x"), "y", Optional.of(text)));
        fields.add(new FreeField(
                "ldap.url",
                "ldap://marker1",
                false,
                (c, text) -> ldap(c, new HarborCfg.Ldap(text, "dc=x", "uid", 3, Optional.empty(), Optional.empty()))));
        ldap(
                fields,
                "baseDn",
                text -> new HarborCfg.Ldap("ldap://x", text, "uid", 3, Optional.empty(), Optional.empty()));
        ldap(
                fields,
                "uid",
                text -> new HarborCfg.Ldap("ldap://x", "dc=x", text, 3, Optional.empty(), Optional.empty()));
        ldap(
                fields,
                "filter",
                text -> new HarborCfg.Ldap("ldap://x", "dc=x", "uid", 3, Optional.empty(), Optional.of(text)));
        ldap(fields, "searchDn", text -> searched(new HarborCfg.SearchUser(text, Secret.of("x"))));
        secret(
                fields,
                "ldap.searchPassword",
                (c, secret) -> ldap(c, searched(new HarborCfg.SearchUser("cn=x", secret))));
    }

    private static void mail(ClusterBuilder c, String user, Secret password, String from, Optional<String> identity) {
        HostPort server = HostPort.parse("smtp.example.com", 25);
        c.harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(server, user, password, from, false, identity)));
    }

    private static HarborCfg.Ldap searched(HarborCfg.SearchUser user) {
        return new HarborCfg.Ldap("ldap://x", "dc=x", "uid", 3, Optional.of(user), Optional.empty());
    }

    private static void ldap(List<FreeField> fields, String name, Function<String, HarborCfg.Ldap> made) {
        text(fields, "ldap." + name, (c, text) -> ldap(c, made.apply(text)));
    }

    private static void ldap(ClusterBuilder c, HarborCfg.Ldap ldap) {
        c.harborCfg(cfg -> cfg.ldap(ldap));
    }

    private static void text(List<FreeField> fields, String name, BiConsumer<ClusterBuilder, String> set) {
        fields.add(new FreeField(name, MARKER, false, set));
    }

    private static void secret(List<FreeField> fields, String name, BiConsumer<ClusterBuilder, Secret> set) {
        fields.add(new FreeField(name, MARKER, true, (c, text) -> set.accept(c, Secret.of(text))));
    }
}
