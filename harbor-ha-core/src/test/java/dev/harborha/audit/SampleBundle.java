package dev.harborha.audit;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The files of two Harbor 0.5 nodes that agree with each other, to be edited. */
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

    private final Map<String, RenderedFile> files = new TreeMap<>();

    SampleBundle() {
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
