package dev.harborha.templates.clusterfile;

import static dev.harborha.templates.clusterfile.Sample.and;
import static dev.harborha.templates.clusterfile.Sample.problems;
import static dev.harborha.templates.clusterfile.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are unknown or missing, and values of the wrong type. */
class ShapeRefusalTest {

    @Test
    void theSampleItselfIsRead() {
        assertThat(Sample.read(Sample.TEXT).nodes()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "publicURL, publicUrl",
        "public_url, publicUrl",
        "public-url, publicUrl",
        "PublicUrl, publicUrl",
        "pubicUrl, publicUrl",
        "harbour, harbor",
        "nodse, nodes",
        "loadBalancer, loadBalancers",
        "datbase, database",
        "storge, storage",
        "adminPasword, adminPassword",
        "timeserver, timeServers",
        "jobServiceNode, jobserviceNode",
        "harborConfig, harborCfg",
        "waiver, waivers",
        "storage_ca, storageCa",
        "node-tls, nodeTls",
        "internalTLS, internalTls",
        "deploy, deployment",
        "harborYaml, harborYml",
        "redirects, redirect",
    })
    void anUnknownKeyIsNamedWithTheOneThatWasMeant(String written, String meant) {
        assertThat(problems(and(written + ": x\n")))
                .containsExactly("27:1: cluster: Unknown key \"" + written + "\". Did you mean \"" + meant + "\"?");
    }

    @Test
    void anUnknownKeyThatIsLikeNoOtherIsNamedWithAllThatAreKnown() {
        assertThat(problems(and("replication: true\n")))
                .containsExactly("27:1: cluster: Unknown key \"replication\"; " + Sample.KNOWN);
        assertThat(problems(with(
                        "    reason: lab", "    reason: lab\n    ? \"\\n\\u2028" + "k".repeat(99) + "\"\n    : x")))
                .containsExactly("27:7: cluster.waivers[#1]: Unknown key \"\\u000a\\u2028" + "k".repeat(58)
                        + "…\"; known here: rule, reason.");
    }

    /** "{password:hunter2}" is one word to YAML: what follows the colon was meant as a value, perhaps a secret. */
    @Test
    void aKeyIsShownUpToItsColonOnly() {
        assertThat(problems(with(":\n  address: redis.example.com", ": {address: a, password:s3cret}")))
                .containsExactly(
                        "13:21: cluster.redis: Unknown key \"password:…\"; a blank is missing after its colon.");
        assertThat(problems(with(":\n  address: redis.example.com", ": {p:s3cret, p:s3cret, address: \"a\"}")))
                .containsExactly(
                        "13:9: cluster.redis: Unknown key \"p:…\"; a blank is missing after its colon.",
                        "13:19: cluster.redis: The key is given a second time; the first is in line 13. Remove one of them.");
    }

    /** In braces a comma ends a text: what follows is a key without a value, perhaps the rest of a secret. */
    @Test
    void aKeyWithoutAValueIsNotShown() {
        assertThat(problems(with(":\n  address: redis.example.com", ": {address: a, password: x,s3cret,s3cret}")))
                .containsExactly(
                        "13:33: cluster.redis: A key without a value; put a text that holds a comma in double quotes.",
                        "13:40: cluster.redis: The key is given a second time; the first is in line 13. Remove one of them.");
    }

    @Test
    void aMissingKeyThatWasMisspelledIsNotCalledMissingAsWell() {
        assertThat(problems(with("    region:", "    regoin:")))
                .containsExactly("18:5: cluster.storage.s3: Unknown key \"regoin\". Did you mean \"region\"?");
    }

    @Test
    void allMissingKeysAreNamedAtOnce() {
        assertThat(problems("privateNetwork: true\n"))
                .containsExactly(
                        "1:1: cluster: The keys harbor, publicUrl, nodes, loadBalancers, database, storage, adminPassword"
                                + " are missing.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    address: 10.0.0.12     |                   | 6:5: cluster.nodes[harbor-2]: The key address is missing.",
                "name: harbor-2             | x: y              | 6:5: cluster.nodes[#2]: Unknown key \"x\"; known here: name, address, drained.",
                "nginx: 10.0.0.10           | port: 1           | 9:5: cluster.loadBalancers[lb-1]: One of the keys nginx, haproxy, external is missing.",
                "address: mysql.example.com | name: x           | 11:3: cluster.database: The key address is missing.",
                "password: env:DB           | kind: mysql       | 11:3: cluster.database: The key password is missing.",
                "address: redis.example.com | poolSize: 1       | 14:3: cluster.redis: One of the keys address, sentinel is missing.",
                "bucket: layers             | secure: true      | 17:5: cluster.storage.s3: The key bucket is missing.",
                "region: eu-west-1          | region: x\\n    accessKey: k | 17:5: cluster.storage.s3: The key secretKey is missing.",
                "region: eu-west-1          | region: x\\n    secretKey: k | 17:5: cluster.storage.s3: The key accessKey is missing.",
                "'username: u, '          | ''                | 22:9: cluster.harborCfg.mail: The key username is missing.",
                "'server: mail.example.com, username: u, password: env:MAIL, from: f' | '' | 22:9: cluster.harborCfg.mail: The keys server, username, password, from are missing.",
                "'baseDn: \"dc=x\"'         | searchDn: cn=x    | '23:9: cluster.harborCfg.ldap: The keys baseDn, searchPassword are missing.'",
                "'baseDn: \"dc=x\"'         | '\"baseDn\": b, searchPassword: s3cret' | 23:9: cluster.harborCfg.ldap: The key searchDn is missing.",
                "reason: lab                |                   | 25:5: cluster.waivers[#1]: The key reason is missing.",
            })
    void aMissingKeyIsNamedWithItsPlace(String piece, String replacement, String expected) {
        assertThat(problems(with(piece, replacement == null ? "" : replacement.replace("\\n", "\n"))))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "azure: {realm: x}      | cluster.storage.azure: The keys accountName, accountKey, container are missing.",
                "gcs: {keyFile: /k}     | cluster.storage.gcs: The key bucket is missing.",
                "oss: {}                | cluster.storage.oss: The keys accessKeyId, accessKeySecret, region, bucket are missing.",
                "swift: {}              | cluster.storage.swift: The keys authUrl, username, password, container are missing.",
                "filesystem: {}         | cluster.storage.filesystem: The keys path, source are missing.",
            })
    void everyBlobStoreNamesWhatItMisses(String store, String expected) {
        assertThat(problems(storage("\n  " + store))).singleElement().asString().endsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                    | 15:10: cluster.storage: There is no blob store; give s3, azure, gcs, oss, swift or filesystem.",
                "\\n  S4: {}            | 16:3: cluster.storage: Unknown key \"S4\". Did you mean \"s3\"?",
                "\\n  ceph: {}          | '16:3: cluster.storage: Unknown key \"ceph\"; known here: s3, azure, gcs, oss, swift, filesystem.'",
                "s3                    | '15:10: cluster.storage: Expected a map of keys and values, found text.'",
            })
    void exactlyOneBlobStoreIsWanted(String storage, String expected) {
        assertThat(problems(storage(storage.replace("\\n", "\n")))).containsExactly(expected);
    }

    @Test
    void twoBlobStoresAreOneTooMany() {
        assertThat(problems(storage("\n  gcs: {bucket: layers}\n  filesystem: {path: /x, source: \"n:/x\"}")))
                .containsExactly(
                        "16:3: cluster.storage: There are 2 blob stores (gcs, filesystem); keep the one that all nodes share.");
    }

    private static String storage(String storage) {
        return with("storage:\n  s3:\n    bucket: layers\n    region: eu-west-1", "storage: " + storage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harbor: 0.5.0              | harbor: [0.5.0]     | '1:9: cluster.harbor: Expected text, found a list; put a text that begins with \"[\" in double quotes.'",
                "harbor: 0.5.0              | harbor: {a: b}      | '1:9: cluster.harbor: Expected text, found a map; put a text that begins with \"{\" in double quotes.'",
                "harbor: 0.5.0              | harbor:\\n  - x      | '2:3: cluster.harbor: Expected text, found a list.'",
                "harbor: 0.5.0              | harbor:             | '1:8: cluster.harbor: Expected text, found nothing; give a value, or remove the key.'",
                "harbor: 0.5.0              | harbor: ~           | '1:9: cluster.harbor: Expected text, found null; put the word in double quotes if it is the text, or remove the key.'",
                "password: env:DB           | password: null      | '12:13: cluster.database.password: Expected text, found null; put the word in double quotes if it is the text, or remove the key.'",
                "password: env:DB           | password: [s3cret]  | '12:13: cluster.database.password: Expected text, found a list; put a text that begins with \"[\" in double quotes.'",
                "address: redis.example.com | address: {s: t}     | '14:12: cluster.redis.address: Expected text, found a map; put a text that begins with \"{\" in double quotes.'",
                "timeServers: [ntp1.example.com] | timeServers: ntp1 | '20:14: cluster.timeServers: Expected a list, found text.'",
                "timeServers: [ntp1.example.com] | timeServers: {a: b} | '20:14: cluster.timeServers: Expected a list, found a map.'",
                "timeServers: [ntp1.example.com] | timeServers: [a, [b]] | '20:18: cluster.timeServers[#2]: Expected text, found a list; put a text that begins with \"[\" in double quotes.'",
                "timeServers: [ntp1.example.com] | timeServers:\\nnull: x | '21:1: cluster: Unknown key \"null\"; "
                        + Sample.KNOWN + "'",
            })
    void aValueOfTheWrongTypeIsNamedWithBothTypes(String piece, String replacement, String expected) {
        assertThat(problems(with(piece, replacement.replace("\\n", "\n")))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "privateNetwork: yes       | cluster.privateNetwork: Expected true or false, without quotes; found \"yes\".",
                "privateNetwork: \"true\"  | cluster.privateNetwork: Expected true or false, without quotes; found \"true\".",
                "privateNetwork: 1         | cluster.privateNetwork: Expected true or false, without quotes; found \"1\".",
                "privateNetwork:           | cluster.privateNetwork: Expected true or false, without quotes; found nothing.",
                "privateNetwork: [true]    | cluster.privateNetwork: Expected true or false, without quotes; found a list.",
            })
    void aFlagIsTrueOrFalse(String line, String expected) {
        assertThat(problems(and(line + "\n"))).singleElement().asString().endsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"443\"'",
        "0443",
        "0x1bb",
        "1_000",
        "1e3",
        "4.0",
        "+1",
        "'1:30'",
        "1000000000000000000000",
        "many",
        "'a\\b'"
    })
    void aNumberIsWrittenInDecimalDigits(String number) {
        String shown = number.replace("\"", "");

        assertThat(problems(with("nginx: 10.0.0.10", "nginx: 10.0.0.10\n    port: " + number)))
                .containsExactly(
                        "10:11: cluster.loadBalancers[lb-1].port: Expected a whole number of at most 18 digits, without"
                                + " quotes; found \"" + shown + "\".");
    }

    @Test
    void aNumberThatFitsNoIntIsTooLarge() {
        assertThat(problems(with("address: redis.example.com", "address: redis.example.com\n  poolSize: 4294967297")))
                .containsExactly("15:13: cluster.redis.poolSize: The number 4294967297 is too large.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harbor: 0.5.0\\nnodes: []\\nloadBalancers: []| 2:8: cluster.nodes: The list is empty; give at least one node.",
                "harbor: 0.5.0\\nnodes: []\\nloadBalancers: []| 3:16: cluster.loadBalancers: The list is empty; give at least one load balancer.",
                "nodes: [harbor-1]| 1:9: cluster.nodes[#1]: Expected a map of keys and values, found text.",
                "nodes: [[a]]| 1:9: cluster.nodes[#1]: Expected a map of keys and values, found a list.",
                "loadBalancers: [~]| 1:17: cluster.loadBalancers[lb-1]: Expected a map of keys and values, found nothing.",
                "database: mysql.example.com| 1:11: cluster.database: Expected a map of keys and values, found text.",
                "database:| 1:10: cluster.database: Expected a map of keys and values, found nothing.",
                "waivers: [lb.single]| 1:11: cluster.waivers[#1]: Expected a map of keys and values, found text.",
                "- a| '1:1: cluster: Expected a map of keys and values, found a list.'",
                "harbor| '1:1: cluster: Expected a map of keys and values, found text.'",
            })
    void elementsHaveTheRightType(String yaml, String expected) {
        assertThat(problems(yaml.replace("\\n", "\n") + "\n")).contains(expected);
    }

    @Test
    void aCertificateIsEitherOnTheMachineOrGivenHere() {
        String place = "nginx: 10.0.0.10";
        String both =
                "Expected path and keyPath, where the certificate lies on the load balancer's machine, or pem and keyPem,"
                        + " which are written there; found ";

        assertThat(problems(with(place, place + "\n    certificate: {}")))
                .containsExactly("10:18: cluster.loadBalancers[lb-1].certificate: " + both + "neither.");
        assertThat(problems(with(place, place + "\n    certificate: {path: /c, keyPem: s3cret}")))
                .containsExactly("10:18: cluster.loadBalancers[lb-1].certificate: " + both + "both.");
        assertThat(problems(with(place, place + "\n    certificate: {path: /c}")))
                .containsExactly("10:18: cluster.loadBalancers[lb-1].certificate: The key keyPath is missing.");
        assertThat(problems(with(place, place + "\n    certificate: {keyPem: s3cret}")))
                .containsExactly("10:18: cluster.loadBalancers[lb-1].certificate: The key pem is missing.");
    }
}
