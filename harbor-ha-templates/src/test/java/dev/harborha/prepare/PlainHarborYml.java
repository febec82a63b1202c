package dev.harborha.prepare;

import dev.harborha.model.HarborVersion;

/**
 * A {@code harbor.yml} of a node behind a load balancer: objects in S3, an external database and Redis, no TLS. It says what any
 * release needs, as each reads over what it does not know.
 */
final class PlainHarborYml {

    /** Redis got its port into {@code host} with this release. */
    private static final HarborVersion HOST_AND_PORT = HarborVersion.parse("2.1.0");

    private PlainHarborYml() {}

    /** Returns the text for a release. */
    static String of(HarborVersion release) {
        String redis = "redis.example.com";
        return """
                hostname: node-1.example.com
                http:
                  port: 80
                external_url: https://harbor.example.com
                harbor_admin_password: admin-password
                data_volume: /data
                external_database:
                  harbor:
                    host: pg.example.com
                    port: 5432
                    db_name: registry
                    username: harbor
                    password: db-password
                    ssl_mode: disable
                    max_idle_conns: 10
                    max_open_conns: 50
                external_redis:
                  host: @redis@
                  port: 6379
                  password: redis-password
                storage_service:
                  s3:
                    bucket: layers
                    region: eu-west-1
                    accesskey: access-key
                    secretkey: secret-key
                  redirect:
                    disabled: true
                    disable: true
                jobservice:
                  max_job_workers: 10
                  job_loggers:
                    - STD_OUTPUT
                    - FILE
                    - DB
                  logger_sweeper_duration: 1
                notification:
                  webhook_job_max_retry: 3
                  webhook_job_http_client_timeout: 3
                log:
                  level: info
                  local:
                    rotate_count: 50
                    rotate_size: 200M
                    location: /var/log/harbor
                proxy:
                  no_proxy: a.example.com,b.example.com
                  components:
                    - core
                """.replace("@redis@", release.isBefore(HOST_AND_PORT) ? redis : redis + ":6379");
    }
}
