package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.HarborHa;
import dev.harborha.model.LoadBalancer;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Node;
import dev.harborha.model.Storage;
import dev.harborha.model.Waiver;
import dev.harborha.validation.Location;
import dev.harborha.validation.Report;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoadedClusterTest {

    @TempDir
    Path folder;

    private LoadedCluster load(String text) throws Exception {
        return ClusterFile.load(Files.writeString(folder.resolve("cluster.yaml"), text));
    }

    private static ModelPath path(String text) {
        return new ModelPath(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster                                      | 1:1   | the file
            cluster.harbor                               | 1:1   | harbor
            cluster.publicUrl                            | 2:1   | publicUrl
            cluster.nodes                                | 3:1   | nodes
            cluster.nodes[harbor-1]                      | 4:5   | the first item
            cluster.nodes[harbor-2]                      | 6:5   | the second item
            cluster.nodes[harbor-2].address              | 7:5   | its address
            cluster.nodes[harbor-2].listenPort           | 7:5   | which holds the port
            cluster.nodes[harbor-3].address              | 3:1   | no such node
            cluster.loadBalancers[lb-1]                  | 9:5   | by its default name
            cluster.loadBalancers[lb-1].address          | 9:5   | nginx
            cluster.loadBalancers[lb-1].redirectPort     | 9:5   | a default
            cluster.database.password                    | 12:3  | a secret
            cluster.database.pool.maxOpenConns           | 10:1  | a default
            cluster.database.maxConnections              | 10:1  | a default
            cluster.redis.address                        | 14:3  | address
            cluster.storage.s3                           | 16:3  | the driver
            cluster.storage.s3.region                    | 18:5  | region
            cluster.storage.s3.secretKey                 | 16:3  | not given
            cluster.timeServers                          | 20:1  | the list
            cluster.timeServers[ntp1.example.com]        | 20:15 | its item
            cluster.nodeTls.certificate.keyPem           | 1:1   | not given at all
            cluster.harborCfg.mail.password              | 22:49 | in braces
            cluster.harborCfg.ldap.searchPassword        | 23:3  | not given
            cluster.waivers[lb.single-load-balancer]     | 25:5  | by the rule's id
            cluster.waivers[lb.single-load-balancer].reason | 26:5 | reason
            cluster.waivers[time.no-servers]             | 24:1  | no such waiver
            cluster.??                                   | 1:1   | nonsense
            cluster.nodes[harbor-1                       | 3:1   | nonsense
            """)
    void everyPathHasAPlace(String path, String place, String what) throws Exception {
        LoadedCluster loaded = load(Sample.TEXT);
        assertThat(loaded.locate(path(path)).orElseThrow())
                .as(what)
                .hasToString(folder.resolve("cluster.yaml") + ":" + place);
    }

    @Test
    void aFileOfABundleHasNone() throws Exception {
        assertThat(load(Sample.TEXT).locate(ModelPath.file("nodes/harbor-1/install.sh")))
                .isEmpty();
    }

    @Test
    void theClusterIsTheOneThatIsRead() throws Exception {
        LoadedCluster loaded = load(Sample.TEXT);
        assertThat(loaded.cluster()).isEqualTo(ClusterFile.read(folder.resolve("cluster.yaml")));
        assertThat(loaded).hasToString("LoadedCluster[" + folder.resolve("cluster.yaml") + "]");
    }

    @Test
    void ofTwoWithOneNameTheLaterIsMeant() throws Exception {
        LoadedCluster loaded = load(Sample.with("name: harbor-2", "name: harbor-1"));
        assertThat(loaded.locate(path("cluster.nodes[harbor-1].address")))
                .map(Location::line)
                .contains(7);
        assertThat(loaded.locate(path("cluster.nodes[#1].address")))
                .map(Location::line)
                .contains(5);
    }

    @Test
    void namesThatAreGivenReplaceTheDefault() throws Exception {
        LoadedCluster loaded = load(
                Sample.with("  - nginx: 10.0.0.10\n", "  - nginx: 10.0.0.10\n  - {name: front, nginx: 10.0.0.9}\n"));
        assertThat(loaded.locate(path("cluster.loadBalancers[front].address")))
                .map(Location::line)
                .contains(10);
        assertThat(loaded.locate(path("cluster.loadBalancers[lb-2].address")))
                .map(Location::line)
                .contains(8);
    }

    /** Columns are characters, as editors count them, whatever stands before on the line. */
    @Test
    void columnsCountCharacters() throws Exception {
        LoadedCluster loaded = load(Sample.with(
                "mail: {server: mail.example.com, username: u,",
                "mail: {server: mail.example.com, username: \"é😀\","));
        assertThat(loaded.locate(path("cluster.harborCfg.mail.password")))
                .map(Location::column)
                .contains(49 + 3);
    }

    @Test
    void aReportIsGivenPlaces() throws Exception {
        LoadedCluster loaded = load(Sample.with("name: harbor-2", "name: harbor-1"));
        Report report = HarborHa.create().check(loaded.cluster()).located(loaded::locate);
        assertThat(report.findings())
                .hasSizeGreaterThan(3)
                .allMatch(finding -> finding.location().isPresent());
        assertThat(report.findings().get(0).id()).isEqualTo("node.duplicate-name");
        assertThat(report.findings().get(0).location())
                .contains(new Location(folder.resolve("cluster.yaml").toString(), 6, 5));
    }

    /** Files that name all there is, so that each element of the model has a place of its own. */
    static List<Arguments> files() {
        String balancer = "loadBalancers: [{name: a, nginx: 10.0.0.10, port: 1, redirectPort: 2, tls: plain_http,"
                + " certificate: {path: /c, keyPath: /k}, tlsProfile: modern, affinity: none, programVersion: 1.26,"
                + " http2: true, uploadSpool: /s, maxBodySize: 9, statusPort: 3, rateLimit: {requestsPerSecond: 1, burst: 1},"
                + " healthCheck: {probe: ping, interval: 1s, timeout: 1s, fall: 1, rise: 1},"
                + " timeouts: {connect: 1s, answer: 1s, commit: 1s, upload: 1s, api: 1s},"
                + " frontProxy: {from: [10.0.9.0/24], proxyProtocol: true}}]";
        String listening = Sample2x.with("address: 10.0.0.11", "address: \"10.0.0.11:81\"")
                        .replace("\"10.0.0.11:81\"", "\"10.0.0.11:81\", drained: true")
                        .replace("loadBalancers: [{nginx: 10.0.0.10}]", balancer)
                + "privateNetwork: true\naliases: [a.example.com]\nvirtualIp: {address: 10.0.0.9/8, networkInterface: e, routerId: 1,"
                + " password: p}\ntimeServers: [ntp.example.com]\njobserviceNode: harbor-1\n"
                + "waivers: [{rule: time.no-servers, reason: lab}]\n";
        String s3 = "    bucket: layers\n    region: eu-west-1\n    skipVerify: true";
        String more = "    bucket: layers\n    region: eu-west-1\n    accessKey: a\n    secretKey: b\n"
                + "    endpoint: https://s3.example.com\n    rootDirectory: /x\n    encrypt: true\n    keyId: k\n"
                + "    secure: true\n    chunkSize: 5242880\n    storageClass: STANDARD\n    userAgent: u\n    skipVerify: true";
        assertThat(listening).contains(s3);
        String swift = """
                storage:
                  swift: {authUrl: "https://k.example.com", username: u, password: p, container: c, tenant: t, tenantId: i,
                    domain: d, domainId: e, tenantDomain: f, tenantDomainId: g, trustId: h, region: r, authVersion: 3, prefix: p,
                    endpointType: public, insecureSkipVerify: true, chunkSize: 5242880, tempUrlAccessKey: a,
                    tempUrlSecretKey: b, tempUrlContainerKey: true, tempUrlMethods: [GET]}
                """;
        String other = listening.substring(0, listening.indexOf("storage:"))
                + swift
                + listening.substring(listening.indexOf("redirect: true"));
        String collector = other.replace(
                        "    jaeger:\n      endpoint: http://jaeger.example.com:14268/api/traces\n      username: u\n"
                                + "      password: env:JAEGER\n",
                        "    otel: {endpoint: otel.example.com, urlPath: /v1, compression: true, insecure: false,"
                                + " timeout: 5s}\n")
                .replace("uploadPurging: {age: 48h", "uploadPurging: {enabled: true, age: 48h");
        assertThat(collector).contains("otel:");
        String cfg = Sample.TEXT
                .replace("from: f", "from: f, ssl: true, identity: i")
                .replace("baseDn: \"dc=x\"", "baseDn: x, uid: y, scope: 1, searchDn: u, searchPassword: p, filter: f")
                .replace("harborCfg:\n", "harborCfg:\n" + """
                                  selfRegistration: false
                                  compressedJs: false
                                  maxJobWorkers: 9
                                  tokenExpiration: 9
                                  verifyRemoteCert: false
                                  adminOnlyProjects: true
                                """);
        return List.of(
                Arguments.of("harborCfg", cfg),
                Arguments.of("s3", listening.replace(s3, more)),
                Arguments.of("swift", other),
                Arguments.of("otel", collector));
    }

    /** What the file leaves out because it has no value in these, or none of its own. */
    private static final Set<String> NOT_IN_THE_FILE = Set.of(
            "cluster.harborCfg",
            "cluster.database.kind",
            "cluster.database.username",
            "cluster.database.name",
            "cluster.redis.poolSize",
            "cluster.redis.tls.ca");

    /** What the file calls otherwise than the model. */
    private static final Map<String, String> CALLED = Map.ofEntries(
            Map.entry("loadBalancers[].address", "nginx"),
            Map.entry("loadBalancers[].listenPort", "port"),
            Map.entry("loadBalancers[].program", "nginx"),
            Map.entry("frontProxy.addresses", "from"),
            Map.entry("virtualIp.prefix", "address"),
            Map.entry("nodes[].listenPort", "address"),
            Map.entry("certificate.certificate", "path"),
            Map.entry("certificate.key", "keyPath"),
            Map.entry("endpoint.sentinels", "addresses"),
            Map.entry("databases.session", "sessionDatabase"),
            Map.entry("databases.registry", "registryDatabase"),
            Map.entry("databases.jobservice", "jobserviceDatabase"),
            Map.entry("databases.trivy", "trivyDatabase"),
            Map.entry("databases.harbor", "harborDatabase"),
            Map.entry("databases.cacheLayer", "cacheLayerDatabase"),
            Map.entry("tempUrlKeys.accessKey", "tempUrlAccessKey"),
            Map.entry("tempUrlKeys.secretKey", "tempUrlSecretKey"),
            Map.entry("uploadPurging.ageHours", "age"),
            Map.entry("uploadPurging.intervalHours", "interval"),
            Map.entry("search.dn", "searchDn"),
            Map.entry("search.password", "searchPassword"),
            Map.entry("waivers[].ruleId", "rule"));

    /** A rule may name any component of the model's records; each is found where the file has it. */
    @ParameterizedTest
    @MethodSource("files")
    void everyComponentOfTheModelIsFound(String what, String text) throws Exception {
        LoadedCluster loaded = load(text);
        List<String> lines = text.lines().toList();
        List<ModelPath> leaves = new ArrayList<>();
        if (what.equals("harborCfg")) {
            leaves(loaded.cluster().harborCfg(), ModelPath.cluster().child("harborCfg"), leaves);
        } else {
            leaves(loaded.cluster(), ModelPath.cluster(), leaves);
        }
        assertThat(leaves).hasSizeGreaterThan(15);
        for (ModelPath leaf : leaves) {
            Location place = loaded.locate(leaf).orElseThrow();
            String line = lines.get(place.line() - 1);
            int start = line.offsetByCodePoints(0, place.column() - 1);
            assertThat(line.substring(start)).as("at %s", leaf).startsWith(calledInFile(leaf) + ":");
        }
    }

    private static String calledInFile(ModelPath leaf) {
        String path = leaf.text().replaceAll("\\[[^]]*]", "[]");
        return CALLED.entrySet().stream()
                .filter(entry -> path.endsWith("." + entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(path.substring(path.lastIndexOf('.') + 1));
    }

    /** Collects the paths of what is no record of ours with parts of its own in the file. */
    private static void leaves(Record part, ModelPath path, List<ModelPath> leaves) throws Exception {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            ModelPath below = path.child(component.getName());
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(part);
            if (value instanceof Optional<?> optional) {
                value = optional.orElse(null);
            }
            boolean left = value == null
                    || value instanceof OptionalInt number && number.isEmpty()
                    || NOT_IN_THE_FILE.contains(below.text());
            if (left) {
                continue;
            }
            if (value instanceof Storage storage) {
                below = below.child(storage.driver());
            }
            if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record) {
                for (Object item : list) {
                    String key = key(item);
                    if (!key.isEmpty()) {
                        leaves((Record) item, below.key(key), leaves);
                    }
                }
            } else if (value instanceof Record record && isMap(record)) {
                leaves(record, below, leaves);
            } else if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof Set<?>) {
                if (!value.toString().equals("[]") && !value.toString().equals("{}")) {
                    leaves.add(below);
                }
            } else {
                leaves.add(below);
            }
        }
    }

    private static String key(Object item) {
        if (item instanceof Node node) {
            return node.name();
        }
        if (item instanceof LoadBalancer balancer) {
            return balancer.name();
        }
        return item instanceof Waiver waiver ? waiver.ruleId() : "";
    }

    /** Tells whether the file has a map for a record, and no text. */
    private static boolean isMap(Record record) {
        return !Set.of(
                        "HarborVersion",
                        "ServerVersion",
                        "PublicUrl",
                        "Host",
                        "HostPort",
                        "ServiceUrl",
                        "StorageUrl",
                        "AbsolutePath",
                        "Subnet",
                        "PemCertificates")
                .contains(record.getClass().getSimpleName());
    }
}
