package dev.harborha.audit;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The files of two Harbor nodes that agree with each other, to be edited. */
final class SampleBundle {

    static final ClusterKeys KEYS = ClusterKeys.generate(2048);
    static final ClusterKeys OTHER_KEYS = ClusterKeys.generate(2048);

    static final String TOKEN_KEY = "nodes/harbor-2/make/common/templates/ui/private_key.pem";
    static final String CERTIFICATE = "nodes/harbor-2/make/common/templates/registry/root.crt";
    static final String REGISTRY = "nodes/harbor-2/make/common/templates/registry/config.yml";
    static final String UI_ENV = "nodes/harbor-2/make/common/templates/ui/env";
    static final String NODE_PROXY = "nodes/harbor-2/make/common/templates/nginx/nginx.http.conf";
    static final String HARBOR_CFG = "nodes/harbor-2/make/harbor.cfg";
    static final String SECRET_KEY = "nodes/harbor-2/data/secretkey";

    static final ClusterKeys TLS_KEYS = KEYS.withInternalTls();
    static final InternalTls TLS = TLS_KEYS.internalTls().orElseThrow();

    static final String OF_2X = "nodes/harbor-2/opt/harbor/";
    static final String CORE_ENV = OF_2X + "common/config/core/env";
    static final String JOBSERVICE_ENV = OF_2X + "common/config/jobservice/env";
    static final String JOBSERVICE = OF_2X + "common/config/jobservice/config.yml";
    static final String REGISTRY_2X = OF_2X + "common/config/registry/config.yml";
    static final String NGINX_2X = OF_2X + "common/config/nginx/nginx.conf";
    static final String COMPOSE = OF_2X + "docker-compose.yml";
    static final String OVERRIDE = OF_2X + "docker-compose.override.yml";
    static final String HARBOR_YML = OF_2X + "harbor.yml";
    static final String TOKEN_KEY_2X = "nodes/harbor-2/data/secret/core/private_key.pem";
    static final String SECRET_KEY_2X = "nodes/harbor-2/data/secret/keys/secretkey";
    static final String TLS_FOLDER = "nodes/harbor-2/data/secret/tls/";

    private final Map<String, RenderedFile> files = new TreeMap<>();

    private SampleBundle() {}

    /** Returns two nodes of Harbor 2.x whose files are all rendered, with TLS between the containers. */
    static SampleBundle complete() {
        SampleBundle bundle = new SampleBundle();
        for (String node : List.of("harbor-1", "harbor-2")) {
            String config = "nodes/" + node + "/opt/harbor/common/config/";
            bundle.keysOf2x(node);
            bundle.put(RenderedFile.secret(config + "core/env", """
                    CORE_SECRET=of-the-core
                    JOBSERVICE_SECRET=of-the-jobs
                    CSRF_KEY=of-the-forms
                    REGISTRY_CREDENTIAL_PASSWORD='of the $registry'
                    POSTGRESQL_HOST=pg.example.com
                    POSTGRESQL_MAX_OPEN_CONNS=50
                    _REDIS_URL_CORE=redis://redis.example.com:6379
                    EXT_ENDPOINT=https://harbor.example.com
                    LOG_LEVEL=info
                    """));
            bundle.put(RenderedFile.secret(config + "jobservice/env", """
                    CORE_SECRET=of-the-core
                    JOBSERVICE_SECRET=of-the-jobs
                    REGISTRY_CREDENTIAL_PASSWORD='of the $registry'
                    """));
            bundle.put(RenderedFile.secret(config + "jobservice/config.yml", """
                    protocol: "https"
                    worker_pool:
                      workers: 10
                      redis_pool:
                        redis_url: "redis://redis.example.com:6379/2?idle_timeout_seconds=30"
                        namespace: "harbor_job_service_namespace"
                    """));
            bundle.put(RenderedFile.secret(config + "registry/config.yml", """
                    version: "0.1"
                    storage:
                      s3:
                        bucket: "layers"
                    # what follows is of the server
                    http:
                      secret: "of-the-uploads"
                    auth:
                      htpasswd:
                        realm: "harbor-registry-basic-realm"
                    """));
            bundle.put(RenderedFile.open(config + "nginx/nginx.conf", """
                    server {
                      listen 8080;
                      location /v2/ {
                        proxy_set_header X-Forwarded-Proto $x_forwarded_proto;
                      }
                    }
                    """));
            bundle.put(RenderedFile.open("nodes/" + node + "/opt/harbor/docker-compose.yml", """
                    services:
                      core:
                        image: "goharbor/harbor-core:v2.14.4"
                        ports:
                          - "8080:8080"
                    """));
        }
        return bundle;
    }

    /** Returns two nodes of Harbor 2.x on which Harbor's own installer runs. */
    static SampleBundle installer() {
        SampleBundle bundle = new SampleBundle();
        for (String node : List.of("harbor-1", "harbor-2")) {
            String install = "nodes/" + node + "/opt/harbor/";
            bundle.keysOf2x(node);
            bundle.put(RenderedFile.secret(install + "harbor.yml", """
                    hostname: "harbor.example.com"
                    external_url: "https://harbor.example.com"
                    http:
                      port: 80
                    external_database:
                      harbor:
                        host: "pg.example.com"
                        password: "of-the-database"
                    jobservice:
                      max_job_workers: 10
                    """));
            bundle.put(RenderedFile.secret(install + "docker-compose.override.yml", """
                    services:
                      core:
                        environment:
                          CORE_SECRET: "of-the-core"
                          CSRF_KEY: "of-the-forms"
                      jobservice:
                        environment:
                          CORE_SECRET: "of-the-core"
                    """));
            bundle.put(RenderedFile.open(install + "harbor-ha/nginx/nginx.conf", "# nothing\n"));
        }
        return bundle;
    }

    private void keysOf2x(String node) {
        String data = "nodes/" + node + "/data/secret/";
        put(RenderedFile.secret(
                data + "core/private_key.pem", TLS_KEYS.tokenKey().reveal()));
        put(RenderedFile.open(data + "registry/root.crt", TLS_KEYS.tokenCertificate()));
        put(RenderedFile.secret(data + "keys/secretkey", TLS_KEYS.secretKey().reveal()));
        put(RenderedFile.open(data + "tls/harbor_internal_ca.crt", TLS.caCertificate()));
        for (InternalTls.Component component : InternalTls.Component.values()) {
            put(RenderedFile.open(data + "tls/" + component.fileName() + ".crt", TLS.certificate(component)));
            put(RenderedFile.secret(
                    data + "tls/" + component.fileName() + ".key",
                    TLS.key(component).reveal()));
        }
    }

    /** Returns two nodes of Harbor 0.5. */
    static SampleBundle of05() {
        SampleBundle bundle = new SampleBundle();
        bundle.fill05();
        return bundle;
    }

    private void fill05() {
        for (String node : List.of("harbor-1", "harbor-2")) {
            String templates = "nodes/" + node + "/make/common/templates/";
            put(RenderedFile.secret(
                    templates + "ui/private_key.pem", KEYS.tokenKey().reveal()));
            put(RenderedFile.open(templates + "registry/root.crt", KEYS.tokenCertificate()));
            put(RenderedFile.secret(
                    "nodes/" + node + "/data/secretkey", KEYS.secretKey().reveal()));
            put(RenderedFile.secret(templates + "registry/config.yml", """
                    version: 0.1
                    http:
                        addr: ":5000"
                        secret: "of-the-uploads"
                    auth:
                      token:
                        issuer: "registry-token-issuer"
                        realm: "https://harbor.example.com/service/token"
                    """));
            put(RenderedFile.secret(templates + "ui/env", """
                    MYSQL_HOST=mysql.example.com
                    MYSQL_PWD=of-the-database
                    UI_SECRET=$$ui_secret
                    EXT_ENDPOINT=https://harbor.example.com
                    LOG_LEVEL=debug
                    """));
            put(RenderedFile.secret("nodes/" + node + "/make/harbor.cfg", """
                    hostname = harbor.example.com
                    db_password = of-the-database
                    max_job_workers = 3
                    """));
            put(RenderedFile.open(templates + "nginx/nginx.http.conf", """
                    location /v2/ {
                      proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
                    }
                    """));
        }
        put(RenderedFile.open("lb/lb-1/etc/nginx/nginx.conf", "proxy_set_header X-Forwarded-Proto $scheme;\n"));
    }

    private void put(RenderedFile file) {
        files.put(file.path(), file);
    }

    /** Changes the text of a file. */
    SampleBundle edit(String path, UnaryOperator<String> change) {
        RenderedFile file = files.get(path);
        String text = change.apply(file.content());
        if (text.equals(file.content())) {
            throw new AssertionError("The edit of " + path + " changes nothing.");
        }
        put(new RenderedFile(path, text, file.mode(), file.owner(), file.secret()));
        return this;
    }

    SampleBundle replace(String path, String target, String replacement) {
        return edit(path, text -> text.replace(target, replacement));
    }

    /** Makes a file one that everybody may read. */
    SampleBundle open(String path) {
        put(RenderedFile.open(path, files.get(path).content()));
        return this;
    }

    /** Takes a file away. */
    SampleBundle remove(String path) {
        if (files.remove(path) == null) {
            throw new AssertionError("There is no " + path + ".");
        }
        return this;
    }

    /** Adds a third node, a copy of the second one. */
    SampleBundle thirdNode() {
        for (RenderedFile file : new ArrayList<>(files.values())) {
            if (file.path().startsWith("nodes/harbor-2/")) {
                put(new RenderedFile(
                        file.path().replace("harbor-2", "harbor-3"),
                        file.content(),
                        file.mode(),
                        file.owner(),
                        file.secret()));
            }
        }
        return this;
    }

    Bundle bundle() {
        return Bundle.of(Map.of("test", List.copyOf(files.values())));
    }
}
