package dev.harborha.templates.harbor05;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.model.SharedDb;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.VersionRange;
import dev.harborha.render.RenderContext;
import dev.harborha.render.RenderedFile;
import dev.harborha.render.Renderer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the files of each Harbor 0.5 node: a tree that lies over Harbor's source checkout and goes through its {@code
 * ./prepare}. Whatever all nodes must share is written out in the templates, so that {@code prepare} has nothing to draw:
 * the token key and its certificate, {@code SECRET_KEY}, {@code UI_SECRET} and the registry's upload secret.
 */
public final class Harbor05Renderer implements Renderer {

    /** The releases whose files these are. */
    static final VersionRange RELEASES = VersionRange.between("0.5.0", "0.6.0");

    /** The port on which the one job service is published for the other nodes, where there is only one. */
    static final int JOBSERVICE_PORT = 8888;

    private static final String TEMPLATES = "/make/common/templates/";

    /** Makes the renderer; ServiceLoader calls this. */
    public Harbor05Renderer() {}

    @Override
    public String name() {
        return "harbor-0.5";
    }

    @Override
    public boolean supports(Cluster cluster) {
        return RELEASES.contains(cluster.harbor());
    }

    @Override
    public List<RenderedFile> render(RenderContext context) {
        Cluster cluster = context.cluster();
        ClusterKeys keys = context.keys();
        // All nodes get the same texts; only the ui's way to the job service can depend on the node.
        String cfg = HarborCfgText.of(cluster);
        String registry = RegistryConfig.of(cluster, keys);
        String nginx = NodeProxyConfig.text();
        String tokenKey = keys.tokenKey().reveal();
        String tokenCertificate = keys.tokenCertificate();
        String secretKey = keys.secretKey().reveal();
        String jobservice = jobserviceEnv(cluster, keys);
        String uiWithJobservice = uiEnv(cluster, keys, "http://jobservice");
        String uiWithout = cluster.jobserviceNode()
                .map(name -> uiEnv(cluster, keys, jobserviceUrl(cluster, name)))
                .orElse(uiWithJobservice);
        List<RenderedFile> files = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            String machine = "nodes/" + node.name();
            boolean local = cluster.jobserviceNode().map(node.name()::equals).orElse(true);
            files.add(RenderedFile.secret(machine + "/make/harbor.cfg", cfg));
            files.add(RenderedFile.secret(machine + TEMPLATES + "ui/env", local ? uiWithJobservice : uiWithout));
            files.add(RenderedFile.secret(machine + TEMPLATES + "jobservice/env", jobservice));
            files.add(RenderedFile.secret(machine + TEMPLATES + "registry/config.yml", registry));
            files.add(RenderedFile.open(machine + TEMPLATES + "nginx/nginx.http.conf", nginx));
            files.add(RenderedFile.secret(machine + TEMPLATES + "ui/private_key.pem", tokenKey));
            files.add(RenderedFile.open(machine + TEMPLATES + "registry/root.crt", tokenCertificate));
            files.add(RenderedFile.secret(machine + "/data/secretkey", secretKey));
        }
        files.add(RenderedFile.open("INSTALL.md", InstallGuide.of(cluster)));
        return files;
    }

    private static String jobserviceUrl(Cluster cluster, String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .map(node -> "http://" + node.address().urlText() + ":" + JOBSERVICE_PORT)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No node is called " + name + "."));
    }

    private static String uiEnv(Cluster cluster, ClusterKeys keys, String jobserviceUrl) {
        EnvTemplate env = new EnvTemplate();
        database(env, cluster.database());
        env.set("REGISTRY_URL", "http://registry:5000")
                .set("JOB_SERVICE_URL", jobserviceUrl)
                .set("UI_URL", "http://ui")
                .set("CONFIG_PATH", "/etc/ui/app.conf")
                .fromCfg("EXT_REG_URL", "hostname")
                .fromCfg("HARBOR_ADMIN_PASSWORD", "harbor_admin_password")
                .fromCfg("AUTH_MODE", "auth_mode")
                .fromCfg("LDAP_URL", "ldap_url")
                .fromCfg("LDAP_SEARCH_DN", "ldap_searchdn")
                .fromCfg("LDAP_SEARCH_PWD", "ldap_search_pwd")
                .fromCfg("LDAP_BASE_DN", "ldap_basedn")
                .fromCfg("LDAP_FILTER", "ldap_filter")
                .fromCfg("LDAP_UID", "ldap_uid")
                .fromCfg("LDAP_SCOPE", "ldap_scope")
                .set("UI_SECRET", keys.uiSecret().reveal())
                .set("SECRET_KEY", keys.secretKey().reveal())
                .fromCfg("SELF_REGISTRATION", "self_registration")
                .fromCfg("USE_COMPRESSED_JS", "use_compressed_js")
                .set("LOG_LEVEL", "info")
                .set("GODEBUG", "netdns=cgo")
                .set("EXT_ENDPOINT", cluster.publicUrl().toString())
                .set("TOKEN_ENDPOINT", "http://ui")
                .fromCfg("VERIFY_REMOTE_CERT", "verify_remote_cert")
                .fromCfg("TOKEN_EXPIRATION", "token_expiration")
                .fromCfg("PROJECT_CREATION_RESTRICTION", "project_creation_restriction");
        cluster.redis().ifPresent(redis -> env.set("_REDIS_URL", sessions(redis)));
        return env.text();
    }

    private static String jobserviceEnv(Cluster cluster, ClusterKeys keys) {
        EnvTemplate env = new EnvTemplate();
        database(env, cluster.database());
        return env.set("UI_SECRET", keys.uiSecret().reveal())
                .set("SECRET_KEY", keys.secretKey().reveal())
                .set("CONFIG_PATH", "/etc/jobservice/app.conf")
                .set("REGISTRY_URL", "http://registry:5000")
                .fromCfg("VERIFY_REMOTE_CERT", "verify_remote_cert")
                .fromCfg("MAX_JOB_WORKERS", "max_job_workers")
                .set("LOG_LEVEL", "info")
                .set("LOG_DIR", "/var/log/jobs")
                .set("GODEBUG", "netdns=cgo")
                .set("EXT_ENDPOINT", cluster.publicUrl().toString())
                .set("TOKEN_ENDPOINT", "http://ui")
                .text();
    }

    private static void database(EnvTemplate env, SharedDb database) {
        env.set("MYSQL_HOST", database.address().host().urlText())
                .set("MYSQL_PORT", Integer.toString(database.address().port()))
                .set("MYSQL_USR", database.username())
                .fromCfg("MYSQL_PWD", "db_password")
                .set("MYSQL_DATABASE", database.name());
    }

    /** The session store's address as beego reads it: host:port, pool size, password, database index. */
    private static String sessions(SharedRedis redis) {
        return String.join(
                ",",
                redis.endpoint().addresses().get(0).toString(),
                Integer.toString(redis.poolSize()),
                redis.password().map(password -> password.reveal()).orElse(""),
                Integer.toString(redis.databases().session()));
    }
}
