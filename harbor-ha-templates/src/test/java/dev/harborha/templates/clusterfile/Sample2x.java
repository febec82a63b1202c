package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** A cluster file of Harbor 2.x that says everything there is to say, which tests change in one place. */
final class Sample2x {

    static final String TEXT = """
            harbor: 2.15.2
            upgradeFrom: 2.14.4
            publicUrl: https://harbor.example.com
            nodes: [{name: harbor-1, address: 10.0.0.11}]
            loadBalancers: [{nginx: 10.0.0.10}]
            database:
              address: pg.example.com
              password: env:DB
              sslMode: verify-full
              maxOpenConns: 100
              maxIdleConns: 80
              connMaxLifetime: 1h30m
              connMaxIdleTime: 30s
              maxConnections: 1000
              idleInTransactionTimeout: 45s
              serverVersion: 15.10
              pooler: session
              clientCertificates: true
            redis:
              sentinel:
                masterSet: mymaster
                addresses: [redis-1.example.com, "[2001:db8::2]:26380"]
              username: harbor
              password: env:REDIS
              registryAsDefaultUser: true
              tls: {}
              sessionDatabase: 3
              registryDatabase: 4
              jobserviceDatabase: 6
              trivyDatabase: 7
              harborDatabase: 8
              cacheLayerDatabase: 9
              idleTimeout: 5m
              serverVersion: 7.2.4
              clusterMode: true
              evictionPolicy: allkeys-lru
              persistence: rdb+aof
            storage:
              s3:
                bucket: layers
                region: eu-west-1
                skipVerify: true
                v4Auth: false
                multipartCopyChunkSize: 5242880
                multipartCopyMaxConcurrency: 1
                multipartCopyThresholdSize: 0
                objectAcl: bucket-owner-full-control
            redirect: true
            adminPassword: env:ADMIN
            nodeTls:
              certificate: {path: /c, keyPath: /k}
              httpPort: 8081
              strongSslCiphers: true
            internalTls: true
            deployment:
              delivery: installer
              installDir: /srv/harbor
              dataVolume: /srv/data
              imageRepository: registry.example.com/goharbor
              images: {core: "core:1", trivy-adapter: "x@sha256:%1$s"}
              subnet: 10.213.47.0/24
            harborYml:
              jobservice:
                maxJobWorkers: 5
                jobLoggers: [db, file]
                loggerSweeperDuration: 7
                maxJobDurationHours: 48
                maxWorkersOfAllNodes: 100
              notification:
                webhookJobMaxRetry: 0
                webhookJobHttpClientTimeout: 9
              log:
                level: warning
                rotateCount: 9
                rotateSize: 1G
                location: /srv/log
                externalEndpoint: {protocol: udp, address: syslog.example.com}
              trivy:
                ignoreUnfixed: true
                skipUpdate: true
                skipJavaDbUpdate: true
                offlineScan: true
                insecure: true
                securityCheck: vuln,secret
                timeout: 10m
                githubToken: env:GITHUB
                dbRepository: registry.example.com/trivy-db
                javaDbRepository: registry.example.com/trivy-java-db
              metric: {port: 9191, path: /m}
              trace:
                sampleRate: 0.25
                namespace: harbor
                attributes: {site: one, an.other: "yes"}
                jaeger:
                  endpoint: http://jaeger.example.com:14268/api/traces
                  username: u
                  password: env:JAEGER
              cache: {expireHours: 48}
              uploadPurging: {age: 48h, interval: 12h, dryRun: true}
              proxy:
                http: http://proxy.example.com:3128
                https: http://proxy.example.com:3129
                username: u
                password: env:PROXY
                noProxy: [.example.com, 10.0.0.0/8]
                components: [trivy]
              quotaUpdateProvider: redis
              ipFamily: {ipv4: false, ipv6: true}
            """.formatted("0123456789abcdef".repeat(4));

    private Sample2x() {}

    /** Returns the sample with a piece replaced, which it must hold once. */
    static String with(String piece, String replacement) {
        assertThat(TEXT.split(Pattern.quote(piece), -1)).as(piece).hasSize(2);
        return TEXT.replace(piece, replacement);
    }

    /** Returns everything that is said against the sample with a piece replaced, without the places in the file. */
    static List<String> problems(String piece, String replacement) {
        return Sample.problems(with(piece, replacement)).stream()
                .map(problem -> problem.replaceFirst("^[0-9]+:[0-9]+: cluster\\.", ""))
                .toList();
    }
}
