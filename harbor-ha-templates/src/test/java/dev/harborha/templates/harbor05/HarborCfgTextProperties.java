package dev.harborha.templates.harbor05;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.model.Cluster;
import dev.harborha.secret.Secret;
import dev.harborha.templates.rendering.AwkwardTexts;
import dev.harborha.templates.rendering.PrepareRules;
import dev.harborha.testing.Clusters;
import dev.harborha.validation.ValueReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HarborCfgTextProperties {

    /** What {@code prepare} of Harbor 0.5.0 asks for; it ends at the first that is missing. */
    private static final Set<String> ASKED_FOR = Set.of(
            "hostname",
            "ui_url_protocol",
            "email_identity",
            "email_server",
            "email_server_port",
            "email_username",
            "email_password",
            "email_from",
            "email_ssl",
            "harbor_admin_password",
            "auth_mode",
            "ldap_url",
            "ldap_basedn",
            "ldap_uid",
            "ldap_scope",
            "db_password",
            "self_registration",
            "use_compressed_js",
            "customize_crt",
            "crt_country",
            "crt_state",
            "crt_location",
            "crt_organization",
            "crt_organizationalunit",
            "crt_commonname",
            "crt_email",
            "max_job_workers",
            "token_expiration",
            "verify_remote_cert",
            "project_creation_restriction");

    @Provide
    Arbitrary<Cluster> clusters() {
        return Clusters.sound05();
    }

    @Provide
    Arbitrary<String> texts() {
        return AwkwardTexts.any().filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void nothingThatPrepareAsksForIsMissing(@ForAll("clusters") Cluster cluster) {
        Map<String, String> cfg = PrepareRules.config(HarborCfgText.of(cluster));
        Set<String> more = new TreeSet<>(cfg.keySet());
        more.removeAll(ASKED_FOR);
        assertThat(cfg.keySet()).containsAll(ASKED_FOR);
        assertThat(more).isSubsetOf("ldap_filter", "ldap_searchdn", "ldap_search_pwd");
        assertThat(cfg.containsKey("ldap_searchdn")).isEqualTo(cfg.containsKey("ldap_search_pwd"));
        assertThat(cfg).containsEntry("customize_crt", "off").containsEntry("ui_url_protocol", "http");
        assertThat(cfg).containsEntry("hostname", cluster.publicUrl().authority());
    }

    /** The writer refuses by itself what the rules refuse before it. */
    @Property(tries = 1500)
    void aValueIsReadAsItIsOrRefused(@ForAll("texts") String value) {
        Cluster cluster = CLUSTER.toBuilder().adminPassword(Secret.of(value)).build();
        Map<String, String> before = PrepareRules.config(HarborCfgText.of(CLUSTER));
        ValueReader.HARBOR_CFG
                .losesIn(value)
                .ifPresentOrElse(
                        loss -> assertThatThrownBy(() -> HarborCfgText.of(cluster))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage("The value of harbor_admin_password has " + loss
                                        + ", which Harbor 0.5's prepare does not carry."),
                        () -> {
                            before.put("harbor_admin_password", value);
                            assertThat(PrepareRules.config(HarborCfgText.of(cluster)))
                                    .isEqualTo(before);
                        });
    }

    private static final Cluster CLUSTER = Cluster.of(c -> c.harbor("0.5.0")
            .publicUrl("https://harbor.example.com")
            .node("harbor-1", "10.0.0.11")
            .database(db -> db.address("mysql.example.com").password(Secret.of("x")))
            .s3(s3 -> s3.bucket("layers").region("eu-west-1"))
            .loadBalancer(lb -> lb.nginx("10.0.0.10"))
            .adminPassword(Secret.of("x")));

    @Example
    void withoutADirectoryHarborHasItsOwnAccounts() {
        assertThat(PrepareRules.config(HarborCfgText.of(CLUSTER)))
                .containsEntry("auth_mode", "db_auth")
                .containsEntry("ldap_url", "")
                .doesNotContainKey("ldap_searchdn");
    }
}
