package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample.problems;
import static dev.harborha.templates.clusterfile.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the model refuses: its own sentence, at the place of the value. */
class ValueRefusalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harbor: 0.5.0 | harbor: 0.5 | '1:9: cluster.harbor: \"0.5\" is no Harbor version; write all three numbers, as in \"2.14.4\" or \"v2.14.4\".'",
                "https://harbor.example.com | harbor.example.com | '2:12: cluster.publicUrl: \"harbor.example.com\" is no public URL: it needs a scheme, as in \"https://harbor.example.com\".'",
                "name: harbor-2 | name: Harbor_2 | '6:11: cluster.nodes[#2].name: The name of a node is \"Harbor_2\"; use 1 to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen.'",
                "10.0.0.12 | 10.0.0.256 | '7:14: cluster.nodes[harbor-2].address: \"10.0.0.256\" is no IPv4 address; write four numbers from 0 to 255 without leading zeros.'",
                "10.0.0.12 | 10.0.0.12:0 | '7:14: cluster.nodes[harbor-2].address: \"10.0.0.12:0\" has no valid port: expected a number from 1 to 65535 after the colon.'",
                "nginx: 10.0.0.10 | nginx: a_b | '9:12: cluster.loadBalancers[lb-1].nginx: \"a_b\" is no host name: it has an underscore, which DNS host names do not allow.'",
                "mysql.example.com | my sql | '11:12: cluster.database.address: \"my sql\" is no host name; use letters, digits and hyphens, with dots between the labels.'",
                "bucket: layers | bucket: x | '17:13: cluster.storage.s3.bucket: The S3 bucket is \"x\"; bucket names have 3 to 255 letters, digits, dots, hyphens and underscores.'",
                "region: eu-west-1 | region: eu west | '18:13: cluster.storage.s3.region: The S3 region is \"eu west\"; use a name like \"eu-west-1\".'",
                "server: mail.example.com | server: m:x | '22:18: cluster.harborCfg.mail.server: \"m:x\" has no valid port: expected a number from 1 to 65535 after the colon.'",
                "ldap://l.example.com | ldap:l | '23:15: cluster.harborCfg.ldap.url: The address of the directory is \"ldap:l\"; use \"ldap://host[:port]\" or \"ldaps://host[:port]\".'",
                "'baseDn: \"dc=x\"' | 'baseDn: \"\"' | '23:47: cluster.harborCfg.ldap.baseDn: The base DN must not be empty.'",
                "rule: lb.single-load-balancer | rule: Single | '25:11: cluster.waivers[#1].rule: \"Single\" is no rule id; ids look like \"lb.single-load-balancer\".'",
                "reason: lab | reason: ' ' | '26:13: cluster.waivers[#1].reason: A waiver of lb.single-load-balancer needs a reason; say why it is accepted.'",
                "[ntp1.example.com] | [a, b/c] | '20:18: cluster.timeServers[#2]: \"b/c\" is no host name; give the name or address alone, without a scheme, a user or a path.'",
            })
    void aRefusedValueIsNamedInTheWordsOfTheModel(String piece, String replacement, String expected) {
        assertThat(problems(with(piece, replacement))).containsExactly(expected.replace("\"\"", "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: LB   | name: The name of a load balancer is \"LB\"; use 1 to 63 lower-case letters, digits and hyphens, not starting or ending with a hyphen.",
                "port: 0    | port: Port 0 is out of range; use 1 to 65535.",
                "redirectPort: 65536 | redirectPort: Port 65536 is out of range; use 1 to 65535.",
                "tlsProfile: old | tlsProfile: Expected modern or intermediate; found \"old\".",
                "affinity: IP_HASH | affinity: Expected ip_hash or source or cookie or least_connections or none; found \"IP_HASH\".",
                "certificate: {path: c, keyPath: /k} | certificate.path: \"c\" is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".",
                "certificate: {path: /c, keyPath: /../k} | certificate.keyPath: \"/../k\" is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".",
                "programVersion: v1 | programVersion: \"v1\" is no version of a server; write one to three numbers, as in \"15\", \"9.6\" or \"7.2.4\".",
                "tls: none | tls: Expected terminate or passthrough or plain_http; found \"none\".",
                "http2: on | http2: Expected true or false, without quotes; found \"on\".",
                "healthCheck: {probe: Ping} | healthCheck.probe: Expected health or ping or registry_api; found \"Ping\".",
                "healthCheck: {interval: 0s} | healthCheck.interval: The interval of a health check is 0; use 1 to 300 seconds.",
                "healthCheck: {timeout: 2} | healthCheck.timeout: Expected hours, minutes and seconds, as in \"30s\", \"5m\" or \"1h30m\"; found \"2\".",
                "healthCheck: {fall: 21} | healthCheck.fall: The number of failures that take a node out is 21; use 1 to 20.",
                "healthCheck: {rise: 0} | healthCheck.rise: The number of successes that bring a node back is 0; use 1 to 20.",
                "healthCheck: {canary: {repository: canary, reference: v1, username: u, password: p}} | healthCheck.canary.repository: The repository of the canary is \"canary\"; use a name like \"library/canary\".",
                "healthCheck: {canary: {repository: a/b, reference: '', username: u, password: p}} | healthCheck.canary.reference: The tag of the canary is \"\"; use a tag like \"v1\".",
                "healthCheck: {canary: {repository: a/b, reference: v1, username: 'a b', password: p}} | healthCheck.canary.username: The robot's name is \"a b\"; use letters, digits and $ + . _ @ -, as in \"robot$canary\".",
                "uploadSpool: spool | uploadSpool: \"spool\" is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".",
                "timeouts: {connect: 61s} | timeouts.connect: The timeout of a connection is 61; use 1 to 60 seconds.",
                "timeouts: {answer: 2h} | timeouts.answer: The timeout of an answer is 7200; use 1 to 3600 seconds.",
                "timeouts: {commit: 0s} | timeouts.commit: The timeout of a commit is 0; use 1 to 3600 seconds.",
                "timeouts: {upload: 25h} | timeouts.upload: The timeout of an upload is 90000; use 1 to 86400 seconds.",
                "timeouts: {api: 0s} | timeouts.api: The timeout of the API is 0; use 1 to 3600 seconds.",
                "maxBodySize: 0 | maxBodySize: The largest body is 0; use 1 to 9223372036854775807 bytes.",
                "rateLimit: {requestsPerSecond: 0, burst: 1} | rateLimit.requestsPerSecond: The limit of requests per second is 0; use 1 to 100000.",
                "rateLimit: {requestsPerSecond: 1, burst: -1} | rateLimit.burst: The burst of requests is -1; use 0 to 100000.",
                "frontProxy: {from: [10.0.0.1]} | frontProxy.from[#1]: \"10.0.0.1\" is no subnet; write an address and a prefix, as in \"10.213.47.0/24\".",
                "frontProxy: {proxyProtocol: v2} | frontProxy.proxyProtocol: Expected true or false, without quotes; found \"v2\".",
                "statusPort: 0 | statusPort: Port 0 is out of range; use 1 to 65535.",
                "certificate: {pem: c, keyPem: s3cret} | certificate.pem: The certificate is no X.509 certificate in PEM; give the text that begins with -----BEGIN CERTIFICATE-----, followed by its chain.",
            })
    void everyOptionOfALoadBalancerIsLookedAt(String option, String expected) {
        assertThat(problems(with("nginx: 10.0.0.10", "nginx: 10.0.0.10\n    " + option)))
                .singleElement()
                .asString()
                .endsWith("cluster.loadBalancers[lb-1]." + expected);
    }

    @Test
    void aLoadBalancerIsOneProgram() {
        assertThat(problems(with("nginx: 10.0.0.10", "nginx: 10.0.0.10\n    haproxy: 10.0.0.11")))
                .containsExactly(
                        "9:5: cluster.loadBalancers[lb-1]: Only one of the keys nginx, haproxy, external can stand"
                                + " here; found nginx and haproxy.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{address: 10.0.0.100, networkInterface: eth0} | address: \"10.0.0.100\" is no virtual IP; write an address and the prefix of its network, as in \"10.0.0.100/24\".",
                "{address: vip.example.com/24, networkInterface: eth0} | address: \"vip.example.com\" is a name; give the virtual IP as an address, as in \"10.0.0.100/24\".",
                "{address: 10.0.0.100/33, networkInterface: eth0} | address: The prefix of the virtual IP is 33; use 1 to 32.",
                "{address: 10.0.0.100/24, networkInterface: 'eth0 #'} | networkInterface: The interface of the virtual IP is \"eth0 #\"; use 1 to 15 letters, digits and . _ -, as in \"eth0\".",
                "{address: 10.0.0.100/24, networkInterface: eth0, routerId: 256} | routerId: The router id of the virtual IP is 256; use 1 to 255.",
                "{address: 10.0.0.100/24, networkInterface: eth0, password: ninechars} | password: The password of the virtual IP has other characters than letters and digits, or more than 8, which keepalived cuts off; use 1 to 8 letters and digits.",
            })
    void everyOptionOfTheVirtualIpIsLookedAt(String vip, String expected) {
        assertThat(problems(with("database:", "virtualIp: " + vip + "\ndatabase:")))
                .singleElement()
                .asString()
                .endsWith("cluster.virtualIp." + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: oracle     | kind: Expected mysql or postgresql; found \"oracle\".",
                "username: ''     | username: The user name of the database must not be empty.",
                "username: \"a\\n\" | username: The user name of the database \"a\\u000a\" has a control character or a line break; give one line of text.",
                "name: a.b        | name: The name of the database is \"a.b\"; use 1 to 63 letters, digits, underscores and hyphens.",
            })
    void everyOptionOfTheDatabaseIsLookedAt(String option, String expected) {
        assertThat(problems(with("address: mysql.example.com", "address: mysql.example.com\n  " + option)))
                .singleElement()
                .asString()
                .endsWith("cluster.database." + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sessionDatabase: 16 | sessionDatabase: The Redis database of the sessions is 16; use 0 to 15.",
                "sessionDatabase: -1 | sessionDatabase: The Redis database of the sessions is -1; use 0 to 15.",
                "poolSize: 0         | poolSize: The Redis pool size is 0; use 1 to 10000 connections.",
            })
    void everyOptionOfRedisIsLookedAt(String option, String expected) {
        assertThat(problems(with("address: redis.example.com", "address: redis.example.com\n  " + option)))
                .singleElement()
                .asString()
                .endsWith("cluster.redis." + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3: {bucket: layers, region: x, endpoint: minio} | s3.endpoint: \"minio\" is no address of an object store; give \"http://host[:port]\" or \"https://host[:port]\".",
                "s3: {bucket: layers, region: x, rootDirectory: ''} | s3.rootDirectory: The S3 root directory must not be empty.",
                "s3: {bucket: layers, region: x, keyId: \"\\t\"} | s3.keyId: The S3 key id \"\\u0009\" has a control character or a line break; give one line of text.",
                "s3: {bucket: layers, region: x, chunkSize: 5242879} | s3.chunkSize: The S3 chunk size is 5242879; use 5242880 to 5368709120 bytes.",
                "s3: {bucket: layers, region: x, storageClass: GLACIER} | s3.storageClass: The S3 storage class is \"GLACIER\"; the driver knows STANDARD, REDUCED_REDUNDANCY and, since Harbor 2.0, NONE.",
                "s3: {bucket: layers, region: x, userAgent: ''} | s3.userAgent: The S3 user agent must not be empty.",
                "azure: {accountName: A, accountKey: k, container: layers} | azure.accountName: The Azure account name is \"A\"; use 3 to 24 lower-case letters and digits.",
                "azure: {accountName: acc, accountKey: k, container: C} | azure.container: The Azure container is \"C\"; use 3 to 63 lower-case letters, digits and single hyphens, or $root.",
                "azure: {accountName: acc, accountKey: k, container: layers, realm: a/b} | azure.realm: \"a/b\" is no host name; give the name or address alone, without a scheme, a user or a path.",
                "gcs: {bucket: B} | gcs.bucket: The GCS bucket is \"B\"; bucket names have 3 to 222 lower-case letters, digits, dots, hyphens and underscores.",
                "gcs: {bucket: layers, keyFile: k} | gcs.keyFile: \"k\" is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".",
                "gcs: {bucket: layers, chunkSize: 262145} | gcs.chunkSize: The GCS chunk size is 262145; use a multiple of 262144 bytes (256 KiB).",
                "oss: {accessKeyId: i, accessKeySecret: s, region: R, bucket: layers} | oss.region: The OSS region is \"R\"; use a name like \"oss-cn-beijing\".",
                "oss: {accessKeyId: i, accessKeySecret: s, region: r, bucket: B} | oss.bucket: The OSS bucket is \"B\"; bucket names have 3 to 63 lower-case letters, digits and hyphens.",
                "swift: {authUrl: x, username: u, password: p, container: c} | swift.authUrl: \"x\" is no address of an object store; give \"http://host[:port]\" or \"https://host[:port]\".",
                "swift: {authUrl: http://x, username: '', password: p, container: c} | swift.username: The Swift user name must not be empty.",
                "swift: {authUrl: http://x, username: u, password: p, container: a/b} | swift.container: The Swift container is \"a/b\"; use 1 to 256 characters without a slash.",
                "swift: {authUrl: http://x, username: u, password: p, container: c, authVersion: 4} | swift.authVersion: The Swift identity version is 4; use 1 to 3.",
                "swift: {authUrl: http://x, username: u, password: p, container: c, tempUrlMethods: [GET, get]} | swift.tempUrlMethods[#2]: A Swift temporary URL method is \"get\"; use GET, PUT, HEAD, POST or DELETE.",
                "filesystem: {path: x, source: \"n:/x\"} | filesystem.path: \"x\" is no path; begin with \"/\" and use letters, digits and . _ - + @ between slashes, no \"..\".",
                "filesystem: {path: /x, source: /local} | filesystem.source: The source of the shared file system is \"/local\"; name the server and what it exports, as in \"nfs.example.com:/export/harbor\".",
                "filesystem: {path: /x, source: \"n:/x\", maxThreads: 24} | filesystem.maxThreads: The most file operations at once is 24; use 25 to 10000.",
            })
    void everyOptionOfABlobStoreIsLookedAt(String storage, String expected) {
        assertThat(problems(with("s3:\n    bucket: layers\n    region: eu-west-1", storage)))
                .singleElement()
                .asString()
                .endsWith("cluster.storage." + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxJobWorkers: 0     | maxJobWorkers: The number of job workers is 0; use 1 to 1000.",
                "tokenExpiration: 1441 | tokenExpiration: The life of a token is 1441; use 1 to 1440 minutes.",
                "mail: {server: m, username: '', password: p, from: f} | mail.username: The user of the mail server must not be empty.",
                "mail: {server: m, username: u, password: p, from: ''} | mail.from: The sender of mails must not be empty.",
                "mail: {server: m, username: u, password: p, from: f, identity: ''} | mail.identity: The identity at the mail server must not be empty.",
                "ldap: {url: ldap://l, baseDn: b, uid: a b} | ldap.uid: The uid attribute is \"a b\"; use a name like \"uid\".",
                "ldap: {url: ldap://l, baseDn: b, scope: 0} | ldap.scope: The search scope is 0; use 1 to 3.",
                "ldap: {url: ldap://l, baseDn: b, searchDn: '', searchPassword: s} | ldap.searchDn: The DN of the search user must not be empty.",
                "ldap: {url: ldap://l, baseDn: b, filter: ''} | ldap.filter: The search filter must not be empty.",
            })
    void everyOptionOfHarborCfgIsLookedAt(String option, String expected) {
        String shipped = Sample.TEXT.substring(Sample.TEXT.indexOf("  mail:"), Sample.TEXT.indexOf("waivers:"));

        assertThat(problems(with(shipped, "  " + option + "\n")))
                .singleElement()
                .asString()
                .endsWith("cluster.harborCfg." + expected);
    }

    @Test
    void theNodeOfTheJobServiceIsANodeName() {
        assertThat(problems(Sample.and("jobserviceNode: Harbor 1\n")))
                .containsExactly(
                        "27:17: cluster.jobserviceNode: The name of the job service's node is \"Harbor 1\"; use 1 to 63"
                                + " lower-case letters, digits and hyphens, not starting or ending with a hyphen.");
    }

    @Test
    void allProblemsAreSaidAtOnceInTheOrderOfTheFile() {
        String yaml = """
                harbor: 0.5
                nodes:
                  - {name: A, address: b_c}
                  - {nmae: harbor-2}
                loadBalancers: [{nginx: -, port: x}]
                database: {address: a b, password: [s3cret]}
                storage: {s3: {bucket: b, chunkSize: 1, secretKey: s3cret}}
                adminPassword: "env:s3cret with blanks"
                foo: 1
                """;

        assertThat(problems(yaml))
                .containsExactly(
                        "1:1: cluster: The key publicUrl is missing.",
                        "1:9: cluster.harbor: \"0.5\" is no Harbor version; write all three numbers, as in \"2.14.4\" or"
                                + " \"v2.14.4\".",
                        "3:12: cluster.nodes[#1].name: The name of a node is \"A\"; use 1 to 63 lower-case letters, digits and"
                                + " hyphens, not starting or ending with a hyphen.",
                        "3:24: cluster.nodes[#1].address: \"b_c\" is no host name: it has an underscore, which DNS host names"
                                + " do not allow.",
                        "4:5: cluster.nodes[#2]: The key address is missing.",
                        "4:6: cluster.nodes[#2]: Unknown key \"nmae\". Did you mean \"name\"?",
                        "5:25: cluster.loadBalancers[lb-1].nginx: \"-\" is no host name; use letters, digits and hyphens, with"
                                + " dots between the labels.",
                        "5:34: cluster.loadBalancers[lb-1].port: Expected a whole number of at most 18 digits, without quotes;"
                                + " found \"x\".",
                        "6:21: cluster.database.address: \"a b\" is no host name; use letters, digits and hyphens, with dots"
                                + " between the labels.",
                        "6:36: cluster.database.password: Expected text, found a list; put a text that begins with \"[\" in"
                                + " double quotes.",
                        "7:15: cluster.storage.s3: The keys region, accessKey are missing.",
                        "7:24: cluster.storage.s3.bucket: The S3 bucket is \"b\"; bucket names have 3 to 255 letters, digits,"
                                + " dots, hyphens and underscores.",
                        "7:38: cluster.storage.s3.chunkSize: The S3 chunk size is 1; use 5242880 to 5368709120 bytes.",
                        "8:16: cluster.adminPassword: After \"env:\" comes the name of an environment variable: letters, digits"
                                + " and underscores, not starting with a digit. A text in clear that begins with \"env:\" is"
                                + " written \"literal:env:…\".",
                        "9:1: cluster: Unknown key \"foo\"; " + Sample.KNOWN);
    }
}
