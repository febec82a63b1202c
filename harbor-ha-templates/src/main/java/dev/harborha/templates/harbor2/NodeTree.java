package dev.harborha.templates.harbor2;

import dev.harborha.keys.InternalTls;
import dev.harborha.model.Cluster;
import dev.harborha.model.RedisTls;
import dev.harborha.model.TlsCertificate;
import dev.harborha.render.Mode;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.List;

/** The files that are the same on every node, under the paths that they have there, without a slash at the beginning. */
final class NodeTree {

    private final Site site;
    private final Cluster cluster;
    private final String config;
    private final String own;
    private final String data;
    private final List<RenderedFile> files = new ArrayList<>();

    private NodeTree(Site site) {
        this.site = site;
        this.cluster = site.cluster();
        String installDir = cluster.deployment().installDir().text().substring(1);
        this.config = installDir + "/common/config/";
        this.own = installDir + "/" + InstallerFiles.FOLDER + "/";
        this.data = cluster.deployment().dataVolume().text().substring(1) + "/secret/";
    }

    /** Returns everything that {@code prepare} would write, but for what depends on the node. */
    static List<RenderedFile> complete(Site site) {
        NodeTree tree = new NodeTree(site);
        tree.components();
        tree.keys();
        tree.certificate(tree.data + "cert/");
        if (tree.cluster.internalTls()) {
            tree.internalTls(tree.data + "tls/");
            tree.open(
                    tree.config + "shared/trust-certificates/harbor_internal_ca.crt",
                    tree.tls().caCertificate());
        }
        return tree.files;
    }

    /** Returns what {@code prepare} must find, and what the override puts over its files. */
    static List<RenderedFile> forInstaller(Site site) {
        NodeTree tree = new NodeTree(site);
        tree.replaced(tree.own);
        if (ComposeOverride.replacesPortal(site)) {
            tree.open(tree.own + "portal/nginx.conf", PortalConfig.of(site));
        }
        tree.authorities(tree.own);
        tree.site.yml().uaaCa().ifPresent(ca -> tree.open(tree.own + "uaa_ca.pem", Site.lines(ca)));
        tree.keys();
        tree.certificate(tree.own + "tls/");
        if (tree.cluster.internalTls()) {
            tree.internalTls(tree.own + "internal_tls/");
        }
        return tree.files;
    }

    /** The files that {@code prepare} would write with secrets of its own, or without quoting what it is given. */
    private void replaced(String folder) {
        secret(folder + "jobservice/config.yml", JobserviceConfig.of(site));
        secret(folder + "registry/config.yml", RegistryConfig.of(site));
        secret(folder + "registry/passwd", site.keys().registryHtpasswd().reveal() + "\n");
    }

    private void components() {
        env("core/env", EnvTables.CORE);
        open(config + "core/app.conf", SmallConfigs.coreApp(site));
        env("db/env", EnvTables.DB);
        env("jobservice/env", EnvTables.JOBSERVICE);
        replaced(config);
        env("registryctl/env", EnvTables.REGISTRYCTL);
        open(config + "registryctl/config.yml", SmallConfigs.registryctl(site));
        if (PortalConfig.EXISTS.contains(site.release())) {
            open(config + "portal/nginx.conf", PortalConfig.of(site));
        }
        open(config + "log/logrotate.conf", SmallConfigs.logrotate(site));
        open(config + "log/rsyslog_docker.conf", SmallConfigs.rsyslog(site));
        if (site.hasTrivy()) {
            env("trivy-adapter/env", EnvTables.TRIVY);
        }
        if (site.yml().metric().isPresent()) {
            env("exporter/env", EnvTables.EXPORTER);
        }
        site.yml().uaaCa().ifPresent(ca -> open(config + "core/certificates/uaa_ca.pem", Site.lines(ca)));
        authorities(config + "shared/trust-certificates/");
    }

    private void authorities(String folder) {
        site.caBundle().ifPresent(bundle -> open(folder + "storage_ca_bundle.crt", bundle));
        site.redis().tls().flatMap(RedisTls::ca).ifPresent(ca -> open(folder + "redis_tls_ca.crt", Site.lines(ca)));
    }

    private void keys() {
        secret(data + "keys/secretkey", site.keys().secretKey().reveal());
        secret(data + "core/private_key.pem", site.keys().tokenKey().reveal());
        open(data + "registry/root.crt", site.keys().tokenCertificate());
    }

    private void certificate(String folder) {
        cluster.nodeTls().ifPresent(tls -> {
            if (tls.certificate() instanceof TlsCertificate.Pem pem) {
                open(folder + "server.crt", pem.chain().strip() + "\n");
                secret(folder + "server.key", pem.key().reveal().strip() + "\n");
            }
        });
    }

    private void internalTls(String folder) {
        InternalTls tls = tls();
        open(folder + "harbor_internal_ca.crt", tls.caCertificate());
        for (InternalTls.Component component : InternalTls.Component.values()) {
            if (component != InternalTls.Component.TRIVY_ADAPTER || site.hasTrivy()) {
                open(folder + component.fileName() + ".crt", tls.certificate(component));
                secret(
                        folder + component.fileName() + ".key",
                        tls.key(component).reveal());
            }
        }
    }

    private InternalTls tls() {
        return site.keys()
                .internalTls()
                .orElseThrow(() ->
                        new IllegalArgumentException("The keys hold no certificates for TLS between the containers; use"
                                + " ClusterKeys.loadOrGenerateWithInternalTls(dir)."));
    }

    /** Adds a file that only the compose command reads, as root. */
    private void env(String path, EnvTable table) {
        files.add(RenderedFile.secret(config + path, table.text(site)));
    }

    private void open(String path, String content) {
        files.add(ofHarbor(path, content));
    }

    private void secret(String path, String content) {
        files.add(new RenderedFile(path, content, Mode.PRIVATE, InstallScript.HARBOR, true));
    }

    /** Returns a file that everybody may read, owned by the user that Harbor's containers run as. */
    static RenderedFile ofHarbor(String path, String content) {
        return new RenderedFile(path, content, Mode.PUBLIC, InstallScript.HARBOR, false);
    }
}
