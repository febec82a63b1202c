package dev.harborha.audit;

import dev.harborha.keys.Authority;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.render.Bundle;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The files of two Harbor nodes and a load balancer that agree with each other, to be edited. */
final class SampleBundle {

    static final ClusterKeys KEYS = ClusterKeys.generate(2048);
    static final ClusterKeys OTHER_KEYS = ClusterKeys.generate(2048);

    /** What nobody may be told; no name or address has a plus sign. */
    static final List<String> SECRETS = List.of(
            "of+the+core",
            "of+the+jobs",
            "of+the+forms+1234567890123456789",
            "of+the+uploads",
            "of+the+database",
            "of+the+bucket",
            "of+the+redis",
            "of+the+admin",
            "of+the+ui",
            "of+the+canary",
            "of+the+vrrp",
            KEYS.registryPassword().reveal(),
            KEYS.secretKey().reveal());

    static final Authority CA = Authority.of("CA of the test");
    static final String ROOT = CA.root();
    static final Authority.Pair PAIR = CA.issue("harbor.example.com");

    // Harbor 0.5
    static final String TOKEN_KEY = "nodes/harbor-2/make/common/templates/ui/private_key.pem";
    static final String CERTIFICATE = "nodes/harbor-2/make/common/templates/registry/root.crt";
    static final String REGISTRY = "nodes/harbor-2/make/common/templates/registry/config.yml";
    static final String UI_ENV = "nodes/harbor-2/make/common/templates/ui/env";
    static final String NODE_PROXY = "nodes/harbor-2/make/common/templates/nginx/nginx.http.conf";
    static final String HARBOR_CFG = "nodes/harbor-2/make/harbor.cfg";
    static final String SECRET_KEY = "nodes/harbor-2/data/secretkey";

    // Harbor 2.x
    static final ClusterKeys TLS_KEYS = KEYS.withInternalTls();
    static final InternalTls TLS = TLS_KEYS.internalTls().orElseThrow();

    static final String OF_2X = "nodes/harbor-2/opt/harbor/";
    static final String CONFIG = OF_2X + "common/config/";
    static final String CORE_ENV = CONFIG + "core/env";
    static final String JOBSERVICE_ENV = CONFIG + "jobservice/env";
    static final String TRIVY_ENV = CONFIG + "trivy-adapter/env";
    static final String EXPORTER_ENV = CONFIG + "exporter/env";
    static final String JOBSERVICE = CONFIG + "jobservice/config.yml";
    static final String REGISTRY_2X = CONFIG + "registry/config.yml";
    static final String PASSWD = CONFIG + "registry/passwd";
    static final String NGINX_2X = CONFIG + "nginx/nginx.conf";
    static final String LOG = CONFIG + "log/rsyslog_docker.conf";
    static final String TRUSTED = CONFIG + "shared/trust-certificates/";
    static final String COMPOSE = OF_2X + "docker-compose.yml";
    static final String OVERRIDE = OF_2X + "docker-compose.override.yml";
    static final String HARBOR_YML = OF_2X + "harbor.yml";
    static final String SECRET = "nodes/harbor-2/data/secret/";
    static final String TOKEN_KEY_2X = SECRET + "core/private_key.pem";
    static final String SECRET_KEY_2X = SECRET + "keys/secretkey";
    static final String TLS_FOLDER = SECRET + "tls/";
    static final String NODE_CERTIFICATE = SECRET + "cert/server.crt";

    static final String BALANCER = "lb/lb-1/etc/nginx/nginx.conf";
    static final String BALANCER_CERTIFICATE = "lb/lb-1/etc/nginx/tls/harbor.crt";
    static final String BALANCER_KEY = "lb/lb-1/etc/nginx/tls/harbor.key";

    static final String HAPROXY = "lb/lb-1/etc/haproxy/haproxy.cfg";
    static final String HAPROXY_CERTIFICATE = "lb/lb-1/etc/haproxy/tls/harbor.pem";
    static final String KEEPALIVED = "lb/lb-2/etc/keepalived/keepalived.conf";

    private static final List<String> NODES = List.of("harbor-1", "harbor-2");
    private static final Owner HARBOR = new Owner(10_000, 10_000);

    private final Map<String, RenderedFile> files = new TreeMap<>();

    private SampleBundle() {}

    /** Returns two nodes of Harbor 2.x whose files are all rendered, with TLS between the containers. */
    static SampleBundle complete() {
        SampleBundle bundle = new SampleBundle();
        for (String node : NODES) {
            String install = "nodes/" + node + "/opt/harbor/";
            bundle.config(install + "common/config/");
            bundle.keysOf2x(node);
            bundle.put(RenderedFile.open(install + "docker-compose.yml", COMPOSE_TEXT));
            bundle.put(new RenderedFile(
                    "nodes/" + node + "/install.sh", "#!/bin/sh\n", Mode.EXECUTABLE, Owner.ROOT, false));
        }
        bundle.balancer();
        return bundle;
    }

    private void config(String config) {
        put(RenderedFile.secret(
                config + "core/env", """
                # of core
                EXT_ENDPOINT=https://harbor.example.com
                CORE_SECRET=of+the+core
                JOBSERVICE_SECRET="of+the+jobs"
                CSRF_KEY=of+the+forms+1234567890123456789
                REGISTRY_CREDENTIAL_USERNAME=harbor_registry_user
                REGISTRY_CREDENTIAL_PASSWORD=%s
                HARBOR_ADMIN_PASSWORD='of+the+admin'
                POSTGRESQL_HOST=pg.example.com
                POSTGRESQL_PORT=5432
                POSTGRESQL_DATABASE=registry
                POSTGRESQL_PASSWORD=of+the+database
                POSTGRESQL_MAX_OPEN_CONNS=50
                _REDIS_URL_CORE=redis://:of+the+redis@redis.example.com:6379?idle_timeout_seconds=30
                _REDIS_URL_REG=redis://:of+the+redis@redis.example.com:6379/1?idle_timeout_seconds=30
                CORE_URL=https://core:8443
                CORE_LOCAL_URL=https://127.0.0.1:8443
                JOBSERVICE_URL=https://jobservice:8443
                REGISTRY_URL=https://registry:5443
                REGISTRY_CONTROLLER_URL=https://registryctl:8443
                TRIVY_ADAPTER_URL=https://trivy-adapter:8443
                WITH_TRIVY=True
                ROBOT_SCANNER_NAME_PREFIX=Ab3dEf7h
                INTERNAL_TLS_ENABLED=true
                HTTP_PROXY=http://proxy.example.com:3128
                NO_PROXY=127.0.0.1,localhost,core,jobservice,registry,registryctl,trivy-adapter
                LOG_LEVEL=info
                """.formatted(KEYS.registryPassword().reveal())));
        put(RenderedFile.secret(
                config + "jobservice/env", """
                CORE_SECRET=of+the+core
                JOBSERVICE_SECRET=of+the+jobs
                REGISTRY_CREDENTIAL_USERNAME=harbor_registry_user
                REGISTRY_CREDENTIAL_PASSWORD=%s
                CORE_URL=https://core:8443
                REGISTRY_CONTROLLER_URL=https://registryctl:8443
                INTERNAL_TLS_ENABLED=true
                """.formatted(KEYS.registryPassword().reveal())));
        put(RenderedFile.secret(config + "registryctl/env", """
                CORE_SECRET=of+the+core
                JOBSERVICE_SECRET=of+the+jobs
                INTERNAL_TLS_ENABLED=true
                """));
        put(RenderedFile.secret(config + "trivy-adapter/env", """
                SCANNER_REDIS_URL=redis://:of+the+redis@redis.example.com:6379/5
                SCANNER_TRIVY_SEVERITY=HIGH,CRITICAL
                SCANNER_TRIVY_GITHUB_TOKEN=of+the+bucket
                """));
        put(RenderedFile.secret(config + "exporter/env", """
                HARBOR_DATABASE_HOST=pg.example.com
                HARBOR_DATABASE_PORT=5432
                HARBOR_DATABASE_DBNAME=registry
                HARBOR_REDIS_URL=redis://:of+the+redis@redis.example.com:6379/2?idle_timeout_seconds=30
                HARBOR_REDIS_NAMESPACE=harbor_job_service_namespace
                """));
        put(ofHarbor(config + "jobservice/config.yml", JOBS_TEXT));
        put(ofHarbor(config + "registry/config.yml", REGISTRY_TEXT));
        put(ofHarbor(config + "registry/passwd", KEYS.registryHtpasswd().reveal() + "\n"));
        put(RenderedFile.open(config + "nginx/nginx.conf", """
                http {
                  include /etc/nginx/conf.d/*.upstream.conf;
                  server {
                    listen 8080;
                    client_max_body_size 0;
                    location /v2/ {
                      proxy_pass https://core/v2/;
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-Proto $x_forwarded_proto;
                    }
                  }
                }
                """));
        put(RenderedFile.open(config + "log/rsyslog_docker.conf", """
                # the central server
                *.* @@(o)syslog.example.com:514
                """));
        put(RenderedFile.open(config + "shared/trust-certificates/harbor_internal_ca.crt", TLS.caCertificate()));
        put(RenderedFile.open(config + "shared/trust-certificates/storage_ca_bundle.crt", ROOT));
    }

    /** Returns two nodes of Harbor 2.x on which Harbor's own installer runs. */
    static SampleBundle installer() {
        SampleBundle bundle = new SampleBundle();
        for (String node : NODES) {
            String install = "nodes/" + node + "/opt/harbor/";
            bundle.keysOf2x(node);
            bundle.put(RenderedFile.secret(install + "harbor.yml", """
                    _version: "2.14.0"
                    hostname: "harbor.example.com"
                    external_url: "https://harbor.example.com"
                    http:
                      port: 80
                    harbor_admin_password: "of+the+admin"
                    external_database:
                      harbor: {host: pg.example.com, password: "of+the+database"}
                    external_redis:
                      host: redis.example.com:6379
                      password: "of+the+redis"
                    storage_service:
                      s3:
                        bucket: "layers"
                        secretkey: "of+the+bucket"
                      redirect:
                        disable: true
                    jobservice:
                      max_job_workers: 10
                      job_loggers: [STD_OUTPUT, DB]
                    internal_tls:
                      enabled: true
                      dir: /data/secret/tls
                    data_volume: /data
                    """));
            bundle.put(RenderedFile.secret(install + "docker-compose.override.yml", """
                    services:
                      core:
                        environment:
                          EXT_ENDPOINT: "https://harbor.example.com"
                          CORE_SECRET: "of+the+core"
                          JOBSERVICE_SECRET: "of+the+jobs"
                          CSRF_KEY: "of+the+forms+1234567890123456789"
                          REGISTRY_CREDENTIAL_PASSWORD: "%1$s"
                          CORE_URL: "https://core:8443"
                          POSTGRESQL_HOST: "pg.example.com"
                      jobservice:
                        environment:
                          - CORE_SECRET=of+the+core
                          - JOBSERVICE_SECRET=of+the+jobs
                          - REGISTRY_CREDENTIAL_PASSWORD=%1$s
                          - CORE_URL=https://core:8443
                        volumes:
                          - ./harbor-ha/jobservice/config.yml:/etc/jobservice/config.yml
                      registryctl:
                        environment:
                          JOBSERVICE_SECRET: "of+the+jobs"
                      registry:
                        volumes:
                          - "./harbor-ha/registry/config.yml:/etc/registry/config.yml"
                          - "./harbor-ha/registry/passwd:/etc/registry/passwd"
                      proxy:
                        volumes:
                          - "./harbor-ha/nginx/nginx.conf:/etc/nginx/nginx.conf"
                    networks:
                      harbor:
                        ipam:
                          config:
                            - subnet: "172.28.213.0/24"
                    """.formatted(
                            KEYS.registryPassword().reveal())));
            bundle.put(ofHarbor(install + "harbor-ha/jobservice/config.yml", JOBS_TEXT));
            bundle.put(ofHarbor(install + "harbor-ha/registry/config.yml", REGISTRY_TEXT));
            bundle.put(ofHarbor(
                    install + "harbor-ha/registry/passwd",
                    KEYS.registryHtpasswd().reveal()));
            bundle.put(RenderedFile.open(install + "harbor-ha/nginx/nginx.conf", "# nothing\n"));
        }
        bundle.balancer();
        return bundle;
    }

    /** Returns two nodes of Harbor 0.5. */
    static SampleBundle of05() {
        SampleBundle bundle = new SampleBundle();
        for (String node : NODES) {
            String templates = "nodes/" + node + "/make/common/templates/";
            bundle.put(RenderedFile.secret(
                    templates + "ui/private_key.pem", KEYS.tokenKey().reveal()));
            bundle.put(RenderedFile.open(templates + "registry/root.crt", KEYS.tokenCertificate()));
            bundle.put(RenderedFile.secret(
                    "nodes/" + node + "/data/secretkey", KEYS.secretKey().reveal()));
            bundle.put(RenderedFile.secret(templates + "registry/config.yml", """
                    version: 0.1
                    storage:
                        cache:
                            layerinfo: inmemory
                        s3:
                            bucket: layers
                            secretkey: of+the+bucket
                    http:
                        addr: ":5000"
                        secret: "of+the+uploads"
                    auth:
                      token:
                        issuer: "registry-token-issuer"
                        realm: "https://harbor.example.com/service/token"
                    """));
            bundle.put(RenderedFile.secret(templates + "ui/env", """
                    MYSQL_HOST=mysql.example.com
                    MYSQL_PWD=of+the+database
                    UI_SECRET=of+the+ui
                    SECRET_KEY=$$secret_key
                    EXT_ENDPOINT=https://harbor.example.com
                    LOG_LEVEL=debug
                    """));
            bundle.put(RenderedFile.secret(templates + "jobservice/env", """
                    MYSQL_HOST=mysql.example.com
                    MYSQL_PWD=of+the+database
                    UI_SECRET=of+the+ui
                    """));
            bundle.put(RenderedFile.secret("nodes/" + node + "/make/harbor.cfg", """
                    hostname = harbor.example.com
                    db_password = of+the+database
                    harbor_admin_password = of+the+admin
                    max_job_workers = 3
                    """));
            bundle.put(RenderedFile.open(templates + "nginx/nginx.http.conf", """
                    http {
                      server {
                        client_max_body_size 0;
                        location /v2/ {
                          proxy_pass http://registry/v2/;
                          proxy_set_header Host $$http_host;
                          proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
                        }
                      }
                    }
                    """));
        }
        bundle.balancer();
        return bundle;
    }

    private static final String JOBS_TEXT = """
            protocol: "https"
            worker_pool:
              workers: 10
              redis_pool:
                redis_url: "redis://:of+the+redis@redis.example.com:6379/2?idle_timeout_seconds=30"
                namespace: "harbor_job_service_namespace"
            job_loggers:
              - name: "STD_OUTPUT" # of the container
                level: "INFO"
              - name: "DB"
            """;

    private static final String REGISTRY_TEXT = """
            version: 0.1
            storage:
              cache:
                layerinfo: redis
              s3:
                bucket: "layers"
                secretkey: "of+the+bucket"
              redirect:
                disable: true
            # what follows is of the server
            redis:
              addr: redis.example.com:6379
              password: of+the+redis
              db: 1
            http:
              addr: :5443
              tls:
                certificate: /etc/harbor/tls/registry.crt
              secret: "of+the+uploads"
            auth:
              htpasswd:
                realm: harbor-registry-basic-realm
                path: /etc/registry/passwd
            """;

    private static final String COMPOSE_TEXT = """
            services:
              log:
                image: goharbor/harbor-log:v2.14.4
                volumes:
                  - /var/log/harbor/:/var/log/docker/:z
                  - type: bind
                    source: ./common/config/log/rsyslog_docker.conf
                    target: /etc/rsyslog.d/rsyslog_docker.conf
              registry:
                image: goharbor/registry-photon:v2.14.4
                volumes:
                  - /data/registry:/storage:z
                  - ./common/config/registry/:/etc/registry/:z
                  - {type: bind, source: /data/secret/registry/root.crt, target: /etc/registry/root.crt}
              registryctl:
                image: goharbor/harbor-registryctl:v2.14.4
                env_file:
                  - ./common/config/registryctl/env
              core:
                image: "goharbor/harbor-core:v2.14.4"
                env_file: ["./common/config/core/env"]
                volumes:
                  - /data/:/data/:z
                  - type: bind
                    source: /data/secret/core/private_key.pem
                    target: /etc/core/private_key.pem
                  - type: bind
                    source: /data/secret/keys/secretkey
                    target: /etc/core/key
                  - type: bind
                    source: ./common/config/shared/trust-certificates
                    target: /harbor_cust_cert
              jobservice:
                image: goharbor/harbor-jobservice:v2.14.4
                env_file: ./common/config/jobservice/env
                volumes:
                  - type: bind
                    source: ./common/config/jobservice/config.yml
                    target: /etc/jobservice/config.yml
              proxy:
                image: goharbor/nginx-photon:v2.14.4
                volumes:
                  - ./common/config/nginx:/etc/nginx:z
                  - /data/secret/cert:/etc/cert:z
                ports:
                  - "80:8080"
              trivy-adapter:
                image: goharbor/trivy-adapter-photon:v2.14.4
                env_file: ["./common/config/trivy-adapter/env"]
              exporter:
                image: goharbor/harbor-exporter:v2.14.4
                env_file: ["./common/config/exporter/env"]
            networks:
              harbor:
                ipam:
                  config:
                    - subnet: 172.28.213.0/24
            """;

    private void keysOf2x(String node) {
        String data = "nodes/" + node + "/data/secret/";
        put(ofHarbor(data + "core/private_key.pem", TLS_KEYS.tokenKey().reveal()));
        put(RenderedFile.open(data + "registry/root.crt", TLS_KEYS.tokenCertificate()));
        put(ofHarbor(data + "keys/secretkey", TLS_KEYS.secretKey().reveal()));
        put(RenderedFile.open(data + "tls/harbor_internal_ca.crt", TLS.caCertificate()));
        for (InternalTls.Component component : InternalTls.Component.values()) {
            put(RenderedFile.open(data + "tls/" + component.fileName() + ".crt", TLS.certificate(component)));
            put(ofHarbor(
                    data + "tls/" + component.fileName() + ".key",
                    TLS.key(component).reveal()));
        }
    }

    private void balancer() {
        put(RenderedFile.open(BALANCER, """
                http {
                  upstream harbor {
                    server 10.0.0.11:80;
                    server 10.0.0.12:80;
                  }
                  server {
                    listen 443 ssl;
                    server_name harbor.example.com;
                    ssl_certificate /etc/nginx/tls/harbor.crt;
                    ssl_certificate_key /etc/nginx/tls/harbor.key;
                    client_max_body_size 0;
                    location / {
                      proxy_pass http://harbor;
                      proxy_set_header Host harbor.example.com;
                      proxy_set_header X-Forwarded-Proto https;
                      proxy_set_header X-Forwarded-Host "";
                      proxy_set_header Forwarded "";
                    }
                  }
                }
                """));
        put(RenderedFile.open(BALANCER_CERTIFICATE, PAIR.certificate()));
        put(RenderedFile.secret(BALANCER_KEY, PAIR.key()));
    }

    private static RenderedFile ofHarbor(String path, String content) {
        return new RenderedFile(path, content, Mode.PRIVATE, HARBOR, true);
    }

    private void put(RenderedFile file) {
        files.put(file.path(), file);
    }

    RenderedFile get(String path) {
        RenderedFile file = files.get(path);
        if (file == null) {
            throw new AssertionError("There is no " + path + ".");
        }
        return file;
    }

    /** Changes the text of a file. */
    SampleBundle edit(String path, UnaryOperator<String> change) {
        String before = get(path).content();
        change(path, change);
        if (before.equals(get(path).content())) {
            throw new AssertionError("The edit of " + path + " changes nothing.");
        }
        return this;
    }

    /** Changes the text of a file, or leaves it as it is. */
    void change(String path, UnaryOperator<String> change) {
        RenderedFile file = get(path);
        put(new RenderedFile(path, change.apply(file.content()), file.mode(), file.owner(), file.secret()));
    }

    /** Changes a text in a file, which must have it. */
    SampleBundle replace(String path, String target, String replacement) {
        return edit(path, text -> text.replace(target, replacement));
    }

    /** Changes a text in the files of both nodes at a place of the second one. */
    SampleBundle replaceOnAll(String path, String target, String replacement) {
        return replace(path, target, replacement).replace(path.replace("harbor-2", "harbor-1"), target, replacement);
    }

    /** Adds a file that everybody may read. */
    SampleBundle add(String path, String content) {
        put(RenderedFile.open(path, content));
        return this;
    }

    /** Makes a file one that everybody may read. */
    SampleBundle open(String path) {
        return add(path, get(path).content());
    }

    /** Gives a file another mode and owner. */
    SampleBundle access(String path, Mode mode, Owner owner) {
        put(new RenderedFile(path, get(path).content(), mode, owner, mode == Mode.PRIVATE));
        return this;
    }

    /** Takes a file away. */
    SampleBundle remove(String path) {
        get(path);
        files.remove(path);
        return this;
    }

    /** Takes a file of both nodes away. */
    SampleBundle removeOnAll(String path) {
        return remove(path).remove(path.replace("harbor-2", "harbor-1"));
    }

    /** Adds a third node, a copy of the second one, which the load balancer knows. */
    SampleBundle thirdNode() {
        copy("nodes/harbor-2/", "nodes/harbor-3/");
        return replace(BALANCER, "server 10.0.0.12:80;", "server 10.0.0.12:80; server 10.0.0.13:80;");
    }

    /** Takes the second node away. */
    SampleBundle oneNode() {
        files.keySet().removeIf(path -> path.startsWith("nodes/harbor-2/"));
        return replace(BALANCER, "server 10.0.0.12:80;", "");
    }

    /** Adds a second load balancer, a copy of the first one. */
    SampleBundle secondBalancer() {
        copy("lb/lb-1/", "lb/lb-2/");
        return this;
    }

    /** Makes the load balancer one with HAProxy. */
    SampleBundle haproxy() {
        remove(BALANCER).remove(BALANCER_CERTIFICATE).remove(BALANCER_KEY);
        put(RenderedFile.secret(HAPROXY, """
                # of the test
                global
                  log /dev/log local0
                  ssl-default-bind-options ssl-min-ver TLSv1.2

                defaults
                  mode http
                  timeout connect 2s
                  timeout client 15m
                  timeout server 50s

                frontend redirect
                  bind *:80
                  http-request redirect prefix https://harbor.example.com code 308

                frontend public
                  bind *:443 ssl crt /etc/haproxy/tls/harbor.pem
                  http-request set-header Host harbor.example.com
                  http-request set-header X-Forwarded-Proto https
                  http-request del-header X-Forwarded-Host
                  http-request del-header Forwarded
                  use_backend harbor_unchecked if { nbsrv(harbor) eq 0 }
                  default_backend harbor

                backend harbor
                  timeout server 15m
                  option httpchk
                  http-check send meth GET uri /v2/ ver HTTP/1.1 hdr Host harbor.example.com hdr Authorization 'of+the+canary'
                  server harbor-1 10.0.0.11:80 check
                  server harbor-2 10.0.0.12:80 check

                backend harbor_unchecked
                  server harbor-1 10.0.0.11:80
                  server harbor-2 10.0.0.12:80
                """));
        put(RenderedFile.secret(HAPROXY_CERTIFICATE, PAIR.certificate() + PAIR.key()));
        return this;
    }

    /** Adds a second load balancer, and an address that moves between both. */
    SampleBundle virtualIp() {
        secondBalancer();
        keepalived(1);
        keepalived(2);
        return this;
    }

    private void keepalived(int number) {
        put(RenderedFile.secret("lb/lb-" + number + "/etc/keepalived/keepalived.conf", """
                ! of the test
                global_defs {
                    router_id lb-%d
                    vrrp_version 2
                }
                vrrp_instance harbor {
                    state BACKUP
                    nopreempt
                    interface eth0
                    virtual_router_id 51
                    priority %d
                    advert_int 1
                    unicast_src_ip 10.0.0.%d
                    unicast_peer {
                        10.0.0.%d
                    }
                    authentication {
                        auth_type PASS
                        auth_pass of+the+vrrp
                    }
                    virtual_ipaddress {
                        10.0.0.100/24 dev eth0
                    }
                }
                """.formatted(
                        number, 160 - 10 * number, 6 + number, 9 - number)));
    }

    /** Makes all nodes of a complete 2.x speak https on 443 with a certificate that the load balancer verifies. */
    SampleBundle nodesWithTls() {
        for (String node : NODES) {
            String machine = "nodes/" + node;
            replace(machine + "/opt/harbor/docker-compose.yml", "- \"80:8080\"", "- \"80:8080\"\n      - \"443:8443\"");
            replace(machine + "/opt/harbor/common/config/nginx/nginx.conf", "listen 8080;", "listen 8443 ssl;");
            put(RenderedFile.open(machine + "/data/secret/cert/server.crt", PAIR.certificate()));
            put(ofHarbor(machine + "/data/secret/cert/server.key", PAIR.key()));
        }
        return replace(BALANCER, ":80;", ":443;")
                .replace(BALANCER, "http://harbor", "https://harbor")
                .replace(BALANCER, "location", "proxy_ssl_verify on; location");
    }

    private void copy(String from, String to) {
        for (RenderedFile file : new ArrayList<>(files.values())) {
            if (file.path().startsWith(from)) {
                put(new RenderedFile(
                        to + file.path().substring(from.length()),
                        file.content(),
                        file.mode(),
                        file.owner(),
                        file.secret()));
            }
        }
    }

    Collection<RenderedFile> files() {
        return files.values();
    }

    Bundle bundle() {
        return Bundle.of(Map.of("test", List.copyOf(files.values())));
    }
}
