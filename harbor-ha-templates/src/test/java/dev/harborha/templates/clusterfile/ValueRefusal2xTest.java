package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample2x.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value in every field of Harbor 2.x: one clear sentence, at the place of the value. */
class ValueRefusal2xTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sslMode: verify-full | sslMode: verify_full | database.sslMode: Expected disable or require or verify-ca or verify-full; found "verify_full".
            maxOpenConns: 100 | maxOpenConns: 10001 | database.maxOpenConns: The most open database connections is 10001; use 2 to 10000.
            maxIdleConns: 80 | maxIdleConns: 0 | database.maxIdleConns: The most idle database connections is 0; use 1 to 100.
            connMaxLifetime: 1h30m | connMaxLifetime: 25h | database.connMaxLifetime: The life of a database connection is 90000; use 0 to 86400 seconds.
            connMaxLifetime: 1h30m | connMaxLifetime: 90 | database.connMaxLifetime: Expected hours, minutes and seconds, as in "30s", "5m" or "1h30m"; found "90".
            connMaxIdleTime: 30s | connMaxIdleTime: 1500ms | database.connMaxIdleTime: Expected hours, minutes and seconds, as in "30s", "5m" or "1h30m"; found "1500ms".
            connMaxIdleTime: 30s | connMaxIdleTime: 25h | database.connMaxIdleTime: The idle time of a database connection is 90000; use 0 to 86400 seconds.
            maxConnections: 1000 | maxConnections: 0 | database.maxConnections: The most connections of the database server is 0; use 1 to 1000000.
            idleInTransactionTimeout: 45s | idleInTransactionTimeout: 25h | database.idleInTransactionTimeout: The time that a session may idle inside a transaction is 90000; use 0 to 86400 seconds.
            idleInTransactionTimeout: 45s | idleInTransactionTimeout: 45000ms | database.idleInTransactionTimeout: Expected hours, minutes and seconds, as in "30s", "5m" or "1h30m"; found "45000ms".
            upgradeFrom: 2.14.4 | upgradeFrom: 2.14 | upgradeFrom: "2.14" is no Harbor version; write all three numbers, as in "2.14.4" or "v2.14.4".
            serverVersion: 15.10 | serverVersion: v15 | database.serverVersion: "v15" is no version of a server; write one to three numbers, as in "15", "9.6" or "7.2.4".
            serverVersion: 15.10 | serverVersion: 9 | database.serverVersion: The version of the database server is "9"; a release before 10 has two numbers, as in "9.6".
            pooler: session | pooler: pgbouncer | database.pooler: Expected none or session or transaction or statement; found "pgbouncer".
            clientCertificates: true | clientCertificates: cert | database.clientCertificates: Expected true or false, without quotes; found "cert".
            masterSet: mymaster | masterSet: my master | redis.sentinel.masterSet: The name of the Redis master set is "my master"; use letters, digits and . _ -.
            redis-1.example.com, | redis 1, | redis.sentinel.addresses[#1]: "redis 1" is no host name; use letters, digits and hyphens, with dots between the labels.
            username: harbor | username: "" | redis.username: The user of Redis must not be empty.
            registryAsDefaultUser: true | registryAsDefaultUser: yes | redis.registryAsDefaultUser: Expected true or false, without quotes; found "yes".
            tls: {} | tls: {verify: true} | redis.tls: Unknown key "verify"; known here: ca.
            sessionDatabase: 3 | sessionDatabase: 16 | redis.sessionDatabase: The Redis database of the sessions is 16; use 0 to 15.
            registryDatabase: 4 | registryDatabase: 0 | redis.registryDatabase: The Redis database of the registry is 0; use 1 to 15.
            jobserviceDatabase: 6 | jobserviceDatabase: 0 | redis.jobserviceDatabase: The Redis database of the job service is 0; use 1 to 15.
            trivyDatabase: 7 | trivyDatabase: 16 | redis.trivyDatabase: The Redis database of the scanner is 16; use 1 to 15.
            harborDatabase: 8 | harborDatabase: 0 | redis.harborDatabase: The Redis database of core's cache is 0; use 1 to 15.
            cacheLayerDatabase: 9 | cacheLayerDatabase: -1 | redis.cacheLayerDatabase: The Redis database of the cache layer is -1; use 1 to 15.
            idleTimeout: 5m | idleTimeout: 0s | redis.idleTimeout: The idle timeout of Redis is 0; use 1 to 3600 seconds.
            serverVersion: 7.2.4 | serverVersion: 7.2.4-alpine | redis.serverVersion: "7.2.4-alpine" is no version of a server; write one to three numbers, as in "15", "9.6" or "7.2.4".
            clusterMode: true | clusterMode: yes | redis.clusterMode: Expected true or false, without quotes; found "yes".
            evictionPolicy: allkeys-lru | evictionPolicy: allkeys_lru | redis.evictionPolicy: Expected noeviction or allkeys-lru or allkeys-lfu or allkeys-random or volatile-lru or volatile-lfu or volatile-random or volatile-ttl; found "allkeys_lru".
            persistence: rdb+aof | persistence: yes | redis.persistence: Expected none or rdb or aof or rdb+aof; found "yes".
            skipVerify: true | skipVerify: 1 | storage.s3.skipVerify: Expected true or false, without quotes; found "1".
            v4Auth: false | v4Auth: no | storage.s3.v4Auth: Expected true or false, without quotes; found "no".
            multipartCopyChunkSize: 5242880 | multipartCopyChunkSize: 5242879 | storage.s3.multipartCopyChunkSize: The S3 copy chunk size is 5242879; use 5242880 to 5368709120 bytes.
            multipartCopyMaxConcurrency: 1 | multipartCopyMaxConcurrency: 0 | storage.s3.multipartCopyMaxConcurrency: The number of S3 parts copied at once is 0; use 1 to 10000.
            multipartCopyThresholdSize: 0 | multipartCopyThresholdSize: -1 | storage.s3.multipartCopyThresholdSize: The S3 copy threshold is -1; use 0 to 5368709120 bytes.
            objectAcl: bucket-owner-full-control | objectAcl: open | storage.s3.objectAcl: The S3 object ACL is "open"; use a canned ACL like "private" or "bucket-owner-full-control".
            redirect: true | redirect: auto | redirect: Expected true or false, without quotes; found "auto".
            path: /c | path: c | nodeTls.certificate.path: "c" is no path; begin with "/" and use letters, digits and . _ - + @ between slashes, no "..".
            httpPort: 8081 | httpPort: 0 | nodeTls.httpPort: Port 0 is out of range; use 1 to 65535.
            strongSslCiphers: true | strongSslCiphers: "true" | nodeTls.strongSslCiphers: Expected true or false, without quotes; found "true".
            internalTls: true | internalTls: {} | internalTls: Expected true or false, without quotes; found a map.
            delivery: installer | delivery: INSTALLER | deployment.delivery: Expected complete or installer; found "INSTALLER".
            installDir: /srv/harbor | installDir: srv | deployment.installDir: "srv" is no path; begin with "/" and use letters, digits and . _ - + @ between slashes, no "..".
            dataVolume: /srv/data | dataVolume: / | deployment.dataVolume: "/" is no path; begin with "/" and use letters, digits and . _ - + @ between slashes, no "..".
            imageRepository: registry.example.com/goharbor | imageRepository: goharbor:v1 | deployment.imageRepository: The repository of images is "goharbor:v1"; use a name like "goharbor" or "registry.example.com/goharbor".
            subnet: 10.213.47.0/24 | subnet: 10.213.47.1/24 | deployment.subnet: The subnet 10.213.47.1/24 has bits set behind its prefix; give the first address of the range.
            maxJobWorkers: 5 | maxJobWorkers: 0 | harborYml.jobservice.maxJobWorkers: The number of job workers is 0; use 1 to 1000.
            [db, file] | [db, FILE] | harborYml.jobservice.jobLoggers[#2]: Expected std_output or file or db; found "FILE".
            loggerSweeperDuration: 7 | loggerSweeperDuration: 7d | harborYml.jobservice.loggerSweeperDuration: Expected a whole number of at most 18 digits, without quotes; found "7d".
            loggerSweeperDuration: 7 | loggerSweeperDuration: 0 | harborYml.jobservice.loggerSweeperDuration: The life of job logs is 0; use 1 to 3650 days.
            maxJobDurationHours: 48 | maxJobDurationHours: 23 | harborYml.jobservice.maxJobDurationHours: The longest duration of a job is 23; use 24 to 8760 hours.
            maxWorkersOfAllNodes: 100 | maxWorkersOfAllNodes: 0 | harborYml.jobservice.maxWorkersOfAllNodes: The most job workers of all nodes is 0; use 1 to 1000000.
            webhookJobMaxRetry: 0 | webhookJobMaxRetry: 101 | harborYml.notification.webhookJobMaxRetry: The number of webhook retries is 101; use 0 to 100.
            webhookJobHttpClientTimeout: 9 | webhookJobHttpClientTimeout: 0 | harborYml.notification.webhookJobHttpClientTimeout: The timeout of webhooks is 0; use 1 to 3600 seconds.
            level: warning | level: warn | harborYml.log.level: Expected debug or info or warning or error or fatal; found "warn".
            rotateCount: 9 | rotateCount: 0 | harborYml.log.rotateCount: The number of old log files is 0; use 1 to 1000.
            rotateSize: 1G | rotateSize: 1GB | harborYml.log.rotateSize: The size of log files is "1GB"; use a number, perhaps with k, M or G, as in "200M".
            location: /srv/log | location: log | harborYml.log.location: "log" is no path; begin with "/" and use letters, digits and . _ - + @ between slashes, no "..".
            protocol: udp | protocol: tls | harborYml.log.externalEndpoint.protocol: Expected tcp or udp; found "tls".
            address: syslog.example.com | address: "s:x" | harborYml.log.externalEndpoint.address: "s:x" has no valid port: expected a number from 1 to 65535 after the colon.
            ignoreUnfixed: true | ignoreUnfixed: on | harborYml.trivy.ignoreUnfixed: Expected true or false, without quotes; found "on".
            skipUpdate: true | skipUpdate: on | harborYml.trivy.skipUpdate: Expected true or false, without quotes; found "on".
            skipJavaDbUpdate: true | skipJavaDbUpdate: on | harborYml.trivy.skipJavaDbUpdate: Expected true or false, without quotes; found "on".
            offlineScan: true | offlineScan: on | harborYml.trivy.offlineScan: Expected true or false, without quotes; found "on".
            insecure: true | insecure: on | harborYml.trivy.insecure: Expected true or false, without quotes; found "on".
            securityCheck: vuln,secret | securityCheck: virus | harborYml.trivy.securityCheck: The security check is "virus"; use vuln, config or secret, separated by commas.
            timeout: 10m | timeout: 25h | harborYml.trivy.timeout: The timeout of a scan is 90000; use 1 to 86400 seconds.
            githubToken: env:GITHUB | githubToken: "" | harborYml.trivy.githubToken: A secret must not be empty.
            dbRepository: registry.example.com/trivy-db | dbRepository: trivy-db | harborYml.trivy.dbRepository: The repository of the vulnerability database is "trivy-db"; use a name like "registry.example.com/aquasecurity/trivy-db".
            javaDbRepository: registry.example.com/trivy-java-db | javaDbRepository: x | harborYml.trivy.javaDbRepository: The repository of the Java database is "x"; use a name like "registry.example.com/aquasecurity/trivy-db".
            port: 9191 | port: 65535 | harborYml.metric.port: The port of the metrics is 65535; use 1 to 65534.
            path: /m} | path: m} | harborYml.metric.path: The path of the metrics is "m"; use a path like "/metrics".
            sampleRate: 0.25 | sampleRate: 1.5 | harborYml.trace.sampleRate: The share of traced requests is 1.5; use 0 to 1.
            namespace: harbor | namespace: 1a | harborYml.trace.namespace: The namespace of traces is "1a"; use letters, digits and . _ -, not starting with a digit.
            endpoint: http://jaeger.example.com:14268/api/traces | endpoint: jaeger | harborYml.trace.jaeger.endpoint: "jaeger" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            username: u\\n      password: env:JAEGER | username: ""\\n      password: env:JAEGER | harborYml.trace.jaeger.username: The user of the Jaeger collector must not be empty.
            password: env:JAEGER | password: "" | harborYml.trace.jaeger.password: A secret must not be empty.
            expireHours: 48 | expireHours: 0 | harborYml.cache.expireHours: The life of a cache entry is 0; use 1 to 8760 hours.
            expireHours: 48 | expireHours: 4294967297 | harborYml.cache.expireHours: The number 4294967297 is too large.
            age: 48h | age: 1h | harborYml.uploadPurging.age: The age of unfinished uploads is 1; use 2 to 8760 hours.
            age: 48h | age: 90m | harborYml.uploadPurging.age: Expected whole hours, as in "168h"; found "90m".
            interval: 12h | interval: 8761h | harborYml.uploadPurging.interval: The interval of upload purging is 8761; use 2 to 8760 hours.
            interval: 12h | interval: 1d | harborYml.uploadPurging.interval: Expected hours, minutes and seconds, as in "30s", "5m" or "1h30m"; found "1d".
            dryRun: true | dryRun: x | harborYml.uploadPurging.dryRun: Expected true or false, without quotes; found "x".
            http: http://proxy.example.com:3128 | http: http://u:s3cret@proxy | harborYml.proxy.http: "http://***@proxy" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            https: http://proxy.example.com:3129 | https: proxy | harborYml.proxy.https: "proxy" is no address of a service; give "http://host[:port]" or "https://host[:port]".
            username: u\\n    password: env:PROXY | username: ""\\n    password: env:PROXY | harborYml.proxy.username: The user of the proxy must not be empty.
            password: env:PROXY | password: "" | harborYml.proxy.password: A secret must not be empty.
            10.0.0.0/8] | "a,b"] | harborYml.proxy.noProxy[#2]: What is reached without a proxy is "a,b"; use a host, a domain like ".example.com", an address or a network.
            components: [trivy] | components: [registry] | harborYml.proxy.components[#1]: Expected core or jobservice or trivy; found "registry".
            quotaUpdateProvider: redis | quotaUpdateProvider: mysql | harborYml.quotaUpdateProvider: Expected db or redis; found "mysql".
            {ipv4: false, ipv6: true} | {ipv4: false} | harborYml.ipFamily.ipv4: A proxy that listens on neither IPv4 nor IPv6 answers nobody; turn one on.
            {ipv4: false, ipv6: true} | {ipv4: x} | harborYml.ipFamily.ipv4: Expected true or false, without quotes; found "x".
            """)
    void everyFieldIsLookedAt(String piece, String replacement, String expected) {
        String old = piece.replace("\\n", "\n");
        assertThat(problems(old, replacement.replace("\\n", "\n"))).containsExactly(expected);
    }

    @Test
    void theCollectorsThatAreNotInTheSampleAreLookedAtToo() {
        String otel = "{trace: {otel: {endpoint: 'o:x', urlPath: v1, compression: 1, insecure: 2, timeout: 0s}}}";
        assertThat(Sample.problems(Sample.and("harborYml: " + otel + "\n")))
                .map(problem -> problem.replaceFirst(".*: cluster.harborYml.trace.otel.", ""))
                .isEqualTo(List.of(
                        "endpoint: \"o:x\" has no valid port: expected a number from 1 to 65535 after the colon.",
                        "urlPath: The path of the OpenTelemetry collector is \"v1\"; use a path like \"/v1/traces\".",
                        "compression: Expected true or false, without quotes; found \"1\".",
                        "insecure: Expected true or false, without quotes; found \"2\".",
                        "timeout: The timeout of the OpenTelemetry collector is 0; use 1 to 3600 seconds."));
        assertThat(Sample.problems(Sample.and("harborYml: {trace: {jaegerAgent: {address: 'udp://j'}}}\n")))
                .containsExactly(
                        "27:44: cluster.harborYml.trace.jaegerAgent.address: \"udp://j\" is no address; give host or"
                                + " host:port, without a scheme, a user or a path.");
    }

    @Test
    void theOptionsOfOtherStoresAreLookedAtToo() {
        String store = "s3:\n    bucket: layers\n    region: eu-west-1";
        assertThat(Sample.problems(Sample.with(store, "gcs: {bucket: layers, maxConcurrency: 24}")))
                .containsExactly(
                        "16:41: cluster.storage.gcs.maxConcurrency: The most GCS operations at once is 24; use 25 to"
                                + " 10000.");
        String swift = "swift: {authUrl: http://x, username: u, password: p, container: c, ";
        assertThat(Sample.problems(Sample.with(store, swift + "tenantDomain: '', tenantDomainId: ''}")))
                .map(problem -> problem.replaceFirst(".*: cluster.storage.", ""))
                .containsExactly(
                        "swift.tenantDomain: The Swift tenant domain must not be empty.",
                        "swift.tenantDomainId: The Swift tenant domain id must not be empty.");
    }

    @Test
    void manyProblemsAreSaidAtOnce() {
        String yaml = Sample2x.TEXT
                .replace("sslMode: verify-full", "sslMode: on")
                .replace("masterSet: mymaster", "masterSet: ''")
                .replace("{path: /c, keyPath: /k}", "{path: c, keyPath: k}")
                .replace("subnet: 10.213.47.0/24", "subnet: x")
                .replace("level: warning", "level: x")
                .replace("sampleRate: 0.25", "sampleRate: x")
                .replace("components: [trivy]", "components: [x]")
                .replace("ipv6: true", "ipv5: true");

        assertThat(Sample.problems(yaml))
                .hasSize(10)
                .anyMatch(problem -> problem.endsWith("ipFamily: Unknown key \"ipv5\". Did you mean \"ipv4\"?"));
    }
}
