package dev.harborha.audit;

import dev.harborha.model.ModelPath;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** What must be the same on all nodes. */
final class AcrossNodes {

    private static final String REGISTRY_CONFIG = "/registry/config.yml";

    private static final Pattern REALM = Pattern.compile("(?m)^[ \\t]*realm:[ \\t]*\"?([^\"\\s]+)\"?[ \\t]*$");
    private static final Pattern HTTP_SECRET = Pattern.compile("(?m)^[ \\t]*secret:[ \\t]*\"?([^\"\\s]+)\"?[ \\t]*$");
    private static final Pattern IMAGE = Pattern.compile("(?m)^[ \\t]*image:[ \\t]*(.+)$");

    /** What one node writes into the database or into Redis, or a client carries from one node to the other. */
    private static final Set<String> VARIABLES = Set.of(
            // 0.5
            "SECRET_KEY",
            "UI_SECRET",
            "MYSQL_HOST",
            "MYSQL_PORT",
            "MYSQL_USR",
            "MYSQL_PWD",
            "MYSQL_DATABASE",
            "_REDIS_URL",
            // 2.x
            "CSRF_KEY",
            "JOBSERVICE_SECRET",
            "ROBOT_SCANNER_NAME_PREFIX",
            "HARBOR_ADMIN_PASSWORD",
            "POSTGRESQL_HOST",
            "POSTGRESQL_PORT",
            "POSTGRESQL_USERNAME",
            "POSTGRESQL_PASSWORD",
            "POSTGRESQL_DATABASE",
            "_REDIS_URL_CORE",
            "_REDIS_URL_REG",
            "_REDIS_URL_HARBOR",
            "_REDIS_URL_CACHE_LAYER",
            "SCANNER_REDIS_URL",
            "SCANNER_STORE_REDIS_URL",
            "SCANNER_JOB_QUEUE_REDIS_URL",
            "CORE_URL",
            "WITH_TRIVY",
            "TRIVY_ADAPTER_URL",
            "CACHE_ENABLED",
            "CACHE_EXPIRE_HOURS",
            "QUOTA_UPDATE_PROVIDER",
            "CONFIG_OVERWRITE_JSON",
            // both
            "EXT_ENDPOINT");

    private static final Set<String> HARBOR_CFG = Set.of(
            "hostname",
            "ui_url_protocol",
            "harbor_admin_password",
            "db_password",
            "auth_mode",
            "ldap_url",
            "ldap_searchdn",
            "ldap_search_pwd",
            "ldap_basedn",
            "ldap_filter",
            "ldap_uid",
            "ldap_scope",
            "ldap_timeout",
            "customize_crt");

    private static final Set<String> HARBOR_YML = Set.of(
            "hostname",
            "external_url",
            "harbor_admin_password",
            "external_database",
            "external_redis",
            "storage_service",
            "internal_tls",
            "cache",
            "core");

    private static final Set<String> STORAGE = Set.of("storage");
    private static final Set<String> JOB_QUEUE = Set.of("redis_url", "namespace");

    private AcrossNodes() {}

    static List<Problem> tokenKeys(Bundle bundle) {
        return differing(bundle, NodeFits.TOKEN_KEY, NodeFiles.whole("token key"));
    }

    static List<Problem> secretKeys(Bundle bundle) {
        return differing(bundle, "/secretkey", NodeFiles.whole("secretkey"));
    }

    static List<Problem> realms(Bundle bundle) {
        return differing(bundle, REGISTRY_CONFIG, NodeFiles.found("token realm", REALM));
    }

    static List<Problem> uploadSecrets(Bundle bundle) {
        return differing(bundle, REGISTRY_CONFIG, NodeFiles.found("http.secret", HTTP_SECRET));
    }

    static List<Problem> storages(Bundle bundle) {
        return differing(bundle, REGISTRY_CONFIG, NodeFiles.sectionsIn(STORAGE));
    }

    static List<Problem> images(Bundle bundle) {
        return differing(bundle, "/docker-compose.yml", NodeFiles.found("list of images", IMAGE));
    }

    static List<Problem> settings(Bundle bundle) {
        List<Problem> problems = new ArrayList<>(differing(bundle, "/env", NodeFiles.namesIn(VARIABLES)));
        problems.addAll(differing(bundle, "/docker-compose.override.yml", NodeFiles.namesIn(VARIABLES)));
        problems.addAll(differing(bundle, "/jobservice/config.yml", NodeFiles.namesIn(JOB_QUEUE)));
        problems.addAll(differing(bundle, "/harbor.cfg", NodeFiles.namesIn(HARBOR_CFG)));
        problems.addAll(differing(bundle, "/harbor.yml", NodeFiles.sectionsIn(HARBOR_YML)));
        return problems;
    }

    /** Says a problem of every node whose file differs, in what matters, from that of the first node that has it. */
    private static List<Problem> differing(
            Bundle bundle, String pathEnd, BiFunction<String, String, List<String>> difference) {
        Map<String, RenderedFile> firsts = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (RenderedFile file : bundle.files()) {
            if (file.path().endsWith(pathEnd) && NodeFiles.isOnNode(file)) {
                RenderedFile first = firsts.putIfAbsent(NodeFiles.placeOnNode(file), file);
                if (first != null && !first.content().equals(file.content())) {
                    for (String what : difference.apply(first.content(), file.content())) {
                        problems.add(new Problem(
                                ModelPath.file(file.path()),
                                "The " + what + " differs from the one in " + first.path() + "."));
                    }
                }
            }
        }
        return problems;
    }
}
