package dev.harborha.templates.harbor05;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborCfg;
import dev.harborha.validation.ValueReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The {@code harbor.cfg} that {@code prepare} of Harbor 0.5 reads: every key that it asks for, because it stops at the first
 * one that is missing (<a href="https://github.com/goharbor/harbor/blob/0.5.0/make/prepare">make/prepare</a>).
 */
final class HarborCfgText {

    private static final String HEADER = """
            # Rendered by harbor-ha. Change the cluster's description and render again.
            # The node itself speaks plain http; the public URL and its scheme stand in the templates beside this file.
            # customize_crt is off, so that prepare copies the cluster's token key and does not draw another one.
            """;

    private final Map<String, String> lines = new LinkedHashMap<>();

    static String of(Cluster cluster) {
        HarborCfgText text = new HarborCfgText();
        HarborCfg cfg = cluster.harborCfg();
        text.set("hostname", cluster.publicUrl().authority());
        text.set("ui_url_protocol", "http");
        text.mail(cfg.mail());
        text.set("harbor_admin_password", cluster.adminPassword().reveal());
        text.ldap(cfg.ldap());
        text.set("db_password", cluster.database().password().reveal());
        text.set("self_registration", onOff(cfg.selfRegistration()));
        text.set("use_compressed_js", onOff(cfg.compressedJs()));
        text.set("max_job_workers", Integer.toString(cfg.maxJobWorkers()));
        text.set("token_expiration", Integer.toString(cfg.tokenExpiration()));
        text.set("verify_remote_cert", onOff(cfg.verifyRemoteCert()));
        text.set("customize_crt", "off");
        for (String part : new String[] {
            "country", "state", "location", "organization", "organizationalunit", "commonname", "email"
        }) {
            text.set("crt_" + part, "");
        }
        text.set("project_creation_restriction", cfg.adminOnlyProjects() ? "adminonly" : "everyone");
        return HEADER
                + text.lines.entrySet().stream()
                        .map(line -> (line.getKey() + " = " + line.getValue()).stripTrailing() + "\n")
                        .collect(Collectors.joining());
    }

    private void mail(Optional<HarborCfg.Mail> mail) {
        set("email_identity", mail.flatMap(HarborCfg.Mail::identity).orElse(""));
        set("email_server", mail.map(server -> server.server().host().text()).orElse(""));
        set(
                "email_server_port",
                mail.map(server -> Integer.toString(server.server().port())).orElse("25"));
        set("email_username", mail.map(HarborCfg.Mail::username).orElse(""));
        set("email_password", mail.map(server -> server.password().reveal()).orElse(""));
        set("email_from", mail.map(HarborCfg.Mail::from).orElse(""));
        set("email_ssl", Boolean.toString(mail.map(HarborCfg.Mail::ssl).orElse(false)));
    }

    private void ldap(Optional<HarborCfg.Ldap> ldap) {
        set("auth_mode", ldap.isPresent() ? "ldap_auth" : "db_auth");
        set("ldap_url", ldap.map(HarborCfg.Ldap::url).orElse(""));
        Optional<HarborCfg.SearchUser> search = ldap.flatMap(HarborCfg.Ldap::search);
        search.ifPresent(user -> {
            set("ldap_searchdn", user.dn());
            set("ldap_search_pwd", user.password().reveal());
        });
        set("ldap_basedn", ldap.map(HarborCfg.Ldap::baseDn).orElse(""));
        ldap.flatMap(HarborCfg.Ldap::filter).ifPresent(filter -> set("ldap_filter", filter));
        set("ldap_uid", ldap.map(HarborCfg.Ldap::uid).orElse("uid"));
        set("ldap_scope", Integer.toString(ldap.map(HarborCfg.Ldap::scope).orElse(3)));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private void set(String key, String value) {
        ValueReader.HARBOR_CFG.losesIn(value).ifPresent(loss -> {
            throw new IllegalArgumentException(
                    "The value of " + key + " has " + loss + ", which Harbor 0.5's prepare does not carry.");
        });
        lines.put(key, value);
    }
}
