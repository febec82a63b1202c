package dev.harborha.templates.clusterfile;

import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.secret.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what only the {@code harbor.cfg} of Harbor 0.5 can say. */
final class HarborCfgReader {

    /** The port of SMTP, which Harbor 0.5's own file names: 25. */
    static final int MAIL_PORT = 25;

    /** What Harbor 0.5's own file matches login names with: {@code uid}. */
    static final String LDAP_UID = "uid";

    /** How deep Harbor 0.5's own file lets a search go: 3, the subtree. */
    static final int LDAP_SCOPE = 3;

    private static final Secret SAMPLE_SECRET = Secret.of("sample");
    private static final HarborCfg.Mail SAMPLE_MAIL = new HarborCfg.Mail(
            HostPort.parse("mail.example.com", MAIL_PORT), "sample", SAMPLE_SECRET, "sample", false, Optional.empty());
    private static final HarborCfg.Ldap SAMPLE_LDAP = new HarborCfg.Ldap(
            "ldap://ldap.example.com", "dc=sample", LDAP_UID, LDAP_SCOPE, Optional.empty(), Optional.empty());

    private HarborCfgReader() {}

    static Optional<HarborCfg> read(Fields fields) {
        Optional<HarborCfg.Mail> mail = fields.map("mail").flatMap(HarborCfgReader::mail);
        Optional<HarborCfg.Ldap> ldap = fields.map("ldap").flatMap(HarborCfgReader::ldap);
        return new Part<HarborCfg.Builder, HarborCfg>(fields, HarborCfg::of, cfg -> {})
                .with("mail", mail.orElse(null), HarborCfg.Builder::mail)
                .with("ldap", ldap.orElse(null), HarborCfg.Builder::ldap)
                .flag("selfRegistration", HarborCfg.Builder::selfRegistration)
                .flag("compressedJs", HarborCfg.Builder::compressedJs)
                .integer("maxJobWorkers", HarborCfg.Builder::maxJobWorkers)
                .integer("tokenExpiration", HarborCfg.Builder::tokenExpiration)
                .flag("verifyRemoteCert", HarborCfg.Builder::verifyRemoteCert)
                .flag("adminOnlyProjects", HarborCfg.Builder::adminOnlyProjects)
                .make();
    }

    private static Optional<HarborCfg.Mail> mail(Fields fields) {
        fields.require("server", "username", "password", "from");
        HostPort server = fields.parsed("server", text -> HostPort.parse(text, MAIL_PORT));
        HarborCfg.Mail named = fields.parsed("username", text -> mail(text, "sample", Optional.empty()));
        Secret password = fields.secret("password");
        HarborCfg.Mail sender = fields.parsed("from", text -> mail("sample", text, Optional.empty()));
        Boolean ssl = fields.flag("ssl");
        HarborCfg.Mail identified = fields.parsed("identity", text -> mail("sample", "sample", Optional.of(text)));
        fields.end();
        if (server == null || named == null || password == null || sender == null) {
            return Optional.empty();
        }
        return Optional.of(new HarborCfg.Mail(
                server,
                named.username(),
                password,
                sender.from(),
                ssl != null && ssl,
                identified == null ? Optional.empty() : identified.identity()));
    }

    private static HarborCfg.Mail mail(String username, String from, Optional<String> identity) {
        return new HarborCfg.Mail(SAMPLE_MAIL.server(), username, SAMPLE_SECRET, from, false, identity);
    }

    private static Optional<HarborCfg.Ldap> ldap(Fields fields) {
        fields.require("url", "baseDn");
        fields.together("searchDn", "searchPassword");
        HarborCfg.Ldap at = fields.parsed("url", text -> ldap(text, "dc=sample", LDAP_UID, Optional.empty()));
        HarborCfg.Ldap based =
                fields.parsed("baseDn", text -> ldap(SAMPLE_LDAP.url(), text, LDAP_UID, Optional.empty()));
        HarborCfg.Ldap matched =
                fields.parsed("uid", text -> ldap(SAMPLE_LDAP.url(), "dc=sample", text, Optional.empty()));
        Integer scope = scope(fields);
        HarborCfg.SearchUser searching =
                fields.parsed("searchDn", text -> new HarborCfg.SearchUser(text, SAMPLE_SECRET));
        Secret password = fields.secret("searchPassword");
        HarborCfg.Ldap filtered =
                fields.parsed("filter", text -> ldap(SAMPLE_LDAP.url(), "dc=sample", LDAP_UID, Optional.of(text)));
        fields.end();
        if (at == null || based == null) {
            return Optional.empty();
        }
        return Optional.of(new HarborCfg.Ldap(
                at.url(),
                based.baseDn(),
                matched == null ? LDAP_UID : matched.uid(),
                scope == null ? LDAP_SCOPE : scope,
                searching == null || password == null
                        ? Optional.empty()
                        : Optional.of(new HarborCfg.SearchUser(searching.dn(), password)),
                filtered == null ? Optional.empty() : filtered.filter()));
    }

    private static @Nullable Integer scope(Fields fields) {
        Integer scope = fields.integer("scope");
        if (scope != null) {
            try {
                new HarborCfg.Ldap(
                        SAMPLE_LDAP.url(), SAMPLE_LDAP.baseDn(), LDAP_UID, scope, Optional.empty(), Optional.empty());
            } catch (IllegalArgumentException e) {
                fields.refuse("scope", e);
                return null;
            }
        }
        return scope;
    }

    private static HarborCfg.Ldap ldap(String url, String baseDn, String uid, Optional<String> filter) {
        return new HarborCfg.Ldap(url, baseDn, uid, LDAP_SCOPE, Optional.empty(), filter);
    }
}
