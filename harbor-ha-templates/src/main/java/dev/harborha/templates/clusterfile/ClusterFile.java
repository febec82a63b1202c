package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cluster;
import dev.harborha.model.HarborVersion;
import dev.harborha.templates.yaml.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes a cluster as YAML.
 *
 * <pre>{@code
 * harbor: "2.15.2"
 * publicUrl: "https://harbor.example.com"
 * nodes:
 *   - name: "harbor-1"
 *     address: "10.0.0.11"
 *   - name: "harbor-2"
 *     address: "10.0.0.12:8080"
 * loadBalancers:
 *   - nginx: "10.0.0.10"
 * database:
 *   address: "pg.example.com"
 *   password: "env:DB_PASSWORD"
 * redis:
 *   address: "redis.example.com"
 * storage:
 *   s3:
 *     bucket: "layers"
 *     region: "eu-west-1"
 *     accessKey: "file:secrets/s3-access-key"
 *     secretKey: "file:secrets/s3-secret-key"
 * adminPassword: "env:HARBOR_ADMIN_PASSWORD"
 * }</pre>
 *
 * <p>The keys, those that must be there in bold; each means what the part of the model of that name means, with the same
 * ranges and defaults:
 *
 * <ul>
 *   <li><b>harbor</b>, upgradeFrom, <b>publicUrl</b>, privateNetwork, <b>nodes</b>, <b>loadBalancers</b>, <b>database</b>, redis,
 *       <b>storage</b>, redirect, storageCa (certificates), <b>adminPassword</b> (secret), timeServers (list of hosts),
 *       jobserviceNode, nodeTls, internalTls, deployment, harborYml, harborCfg, waivers
 *   <li>each of nodes: <b>name</b>, <b>address</b> ({@code host} or {@code host:port})
 *   <li>each of loadBalancers: name, <b>nginx</b> (host), port, redirectPort, plainHttp, certificate ({@code path} and {@code
 *       keyPath} on its machine, or {@code pem} (certificates) and {@code keyPem} (secret)), tlsProfile ({@code intermediate}, {@code
 *       modern}), affinity ({@code ip_hash}, {@code none}), behindProxy
 *   <li>database: kind ({@code mysql}, {@code postgresql}), <b>address</b>, username, <b>password</b> (secret), name, sslMode
 *       ({@code disable}, {@code require}, {@code verify-ca}, {@code verify-full}), ca (certificates), maxOpenConns,
 *       maxIdleConns, connMaxLifetime, connMaxIdleTime (spans of time), maxConnections, idleInTransactionTimeout (span of time),
 *       serverVersion, pooler ({@code none}, {@code session}, {@code transaction}, {@code statement}), clientCertificates
 *   <li>redis: <b>address or sentinel</b>, username, password (secret), registryAsDefaultUser, tls, sessionDatabase,
 *       registryDatabase, jobserviceDatabase, trivyDatabase, harborDatabase, cacheLayerDatabase, idleTimeout (span of time),
 *       poolSize, serverVersion, clusterMode, evictionPolicy (as in Redis, {@code noeviction} and so on), persistence
 *       ({@code none}, {@code rdb}, {@code aof}, {@code rdb+aof})
 *   <li>redis.sentinel: <b>masterSet</b>, <b>addresses</b> (list, default port 26379)
 *   <li>redis.tls: ca (certificates); an empty map where the containers trust Redis's authority anyway
 *   <li>storage: one of s3, azure, gcs, oss, swift, filesystem
 *   <li>storage.s3: <b>bucket</b>, <b>region</b>, accessKey and secretKey (secrets), endpoint, rootDirectory, encrypt, keyId,
 *       secure, chunkSize, storageClass, userAgent, skipVerify, v4Auth, multipartCopyChunkSize, multipartCopyMaxConcurrency,
 *       multipartCopyThresholdSize, objectAcl
 *   <li>storage.azure: <b>accountName</b>, <b>accountKey</b> (secret), <b>container</b>, realm
 *   <li>storage.gcs: <b>bucket</b>, keyFile, rootDirectory, chunkSize, maxConcurrency
 *   <li>storage.oss: <b>accessKeyId</b>, <b>accessKeySecret</b> (secrets), <b>region</b>, <b>bucket</b>, endpoint, internal,
 *       encrypt, secure, chunkSize, rootDirectory
 *   <li>storage.swift: <b>authUrl</b>, <b>username</b>, <b>password</b> (secret), <b>container</b>, tenant, tenantId, domain,
 *       domainId, tenantDomain, tenantDomainId, trustId, region, authVersion, prefix, endpointType, insecureSkipVerify, chunkSize, tempUrlAccessKey and
 *       tempUrlSecretKey (secrets), tempUrlContainerKey, tempUrlMethods (list)
 *   <li>storage.filesystem: <b>path</b>, <b>source</b>, maxThreads
 *   <li>nodeTls: certificate (as for loadBalancers, on every node), httpPort, ca (certificates), strongSslCiphers
 *   <li>deployment: delivery ({@code complete}, {@code installer}), installDir, dataVolume, imageRepository, images (references
 *       by service), subnet
 *   <li>harborYml: jobservice, notification, log, trivy, metric, trace, cache, uploadPurging, proxy, quotaUpdateProvider
 *       ({@code db}, {@code redis}), ipFamily, uaaCa (certificates)
 *   <li>harborYml.jobservice: maxJobWorkers, jobLoggers (list of {@code std_output}, {@code file}, {@code db}),
 *       loggerSweeperDuration (days), maxJobDurationHours, maxWorkersOfAllNodes
 *   <li>harborYml.notification: webhookJobMaxRetry, webhookJobHttpClientTimeout (seconds)
 *   <li>harborYml.log: level ({@code debug}, {@code info}, {@code warning}, {@code error}, {@code fatal}), rotateCount,
 *       rotateSize, location, externalEndpoint ({@code protocol}: {@code tcp} or {@code udp}, and {@code address}, default port
 *       514)
 *   <li>harborYml.trivy: ignoreUnfixed, skipUpdate, skipJavaDbUpdate, offlineScan, insecure, securityCheck, timeout (span of
 *       time), githubToken (secret), dbRepository, javaDbRepository
 *   <li>harborYml.metric: port, path
 *   <li>harborYml.trace: sampleRate (0 to 1), namespace, attributes (texts by name), and <b>one of jaeger, jaegerAgent,
 *       otel</b>
 *   <li>harborYml.trace.jaeger: <b>endpoint</b>, username, password (secret)
 *   <li>harborYml.trace.jaegerAgent: <b>address</b> (default port 6831)
 *   <li>harborYml.trace.otel: <b>endpoint</b> (default port 4318), <b>urlPath</b>, compression, insecure, timeout (span of time)
 *   <li>harborYml.cache: expireHours
 *   <li>harborYml.uploadPurging: enabled ({@code false} alone: never), age, interval (spans of time, whole hours), dryRun
 *   <li>harborYml.proxy: <b>http or https</b>, username, password (secret), noProxy (list), components (list of {@code core},
 *       {@code jobservice}, {@code trivy})
 *   <li>harborYml.ipFamily: ipv4, ipv6
 *   <li>harborCfg: mail, ldap, selfRegistration, compressedJs, maxJobWorkers, tokenExpiration, verifyRemoteCert,
 *       adminOnlyProjects
 *   <li>harborCfg.mail: <b>server</b> (default port 25), <b>username</b>, <b>password</b> (secret), <b>from</b>, ssl (default
 *       false), identity
 *   <li>harborCfg.ldap: <b>url</b>, <b>baseDn</b>, uid (default {@code uid}), scope (1 to 3, default 3), searchDn,
 *       searchPassword (secret), filter
 *   <li>each of waivers: <b>rule</b>, <b>reason</b>
 * </ul>
 *
 * <p>A secret is {@code env:NAME} (an environment variable), {@code file:path} (a file, relative to the folder of the cluster
 * file; one newline at its end is not part of the secret) or, with a warning of the rule {@code secret.in-clear}, the value
 * itself. A value that begins with one of these prefixes is written with {@code literal:} before it.
 *
 * <p>Certificates are text in PEM, or {@code file:path}, a file relative to the folder of the cluster file; what is written back
 * is the text. A span of time is hours, minutes and seconds, as in {@code 30s}, {@code 5m}, {@code 1h30m}. The empty map
 * {@code {}} turns nodeTls, redis.tls, trivy, metric and cache on with their defaults.
 *
 * <p>A text is taken as it is written, so {@code 0.5.0}, {@code 12345} and {@code no} need no quotes here; readers that go by
 * YAML's own types would see other values, so quotes are the better habit. The words {@code null} and {@code ~} without quotes
 * are refused. Anchors, aliases, merge keys, tags and second documents are refused too.
 */
public final class ClusterFile {

    private static final String TEXT = "cluster file";

    private ClusterFile() {}

    /**
     * Reads a cluster from a file of UTF-8 text; {@code env:} references look into the environment of this process.
     *
     * @throws ClusterFileException if the file cannot be read or something in it is wrong; it names all problems
     */
    public static Cluster read(Path file) {
        return load(file).cluster();
    }

    /**
     * Reads a cluster from a file as {@link #read} does, and keeps where in the file its elements stand.
     *
     * @throws ClusterFileException if the file cannot be read or something in it is wrong; it names all problems
     */
    public static LoadedCluster load(Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        return parse(file.toString(), SourceText.read(file), folder, System.getenv());
    }

    /**
     * Reads a cluster from the text of a file; {@code env:} references look into the environment of this process.
     *
     * @param folder what {@code file:} references are relative to
     * @throws ClusterFileException if something is wrong; it names all problems
     */
    public static Cluster parse(String yaml, Path folder) {
        return parse(yaml, folder, System.getenv());
    }

    /**
     * Reads a cluster from the text of a file.
     *
     * @param folder what {@code file:} references are relative to
     * @param environment what {@code env:} references look into
     * @throws ClusterFileException if something is wrong; it names all problems
     */
    public static Cluster parse(String yaml, Path folder, Map<String, String> environment) {
        if (yaml.length() > SourceText.MAX_BYTES) {
            throw SourceText.tooLarge(TEXT);
        }
        return parse(TEXT, SourceText.withoutByteOrderMark(yaml), folder, environment)
                .cluster();
    }

    private static LoadedCluster parse(String source, String yaml, Path folder, Map<String, String> environment) {
        Problems problems = new Problems();
        Reading reading = new Reading(problems, folder, environment);
        Optional<YamlNode> root = YamlReader.read(yaml, problems);
        if (problems.none() && root.filter(ClusterFile::holdsSomething).isEmpty()) {
            throw ClusterFileException.ofWhole(
                    source,
                    "The file is empty; describe a cluster in it, beginning with: harbor: \"" + HarborVersion.newest()
                            + "\"");
        }
        Optional<Cluster> cluster = root.flatMap(node -> ClusterReader.read(node, reading));
        List<ClusterFileProblem> found = problems.inOrder();
        if (!found.isEmpty() || root.isEmpty() || cluster.isEmpty()) {
            throw new ClusterFileException(source, found);
        }
        return new LoadedCluster(cluster.get(), source, Place.of(root.get()));
    }

    private static boolean holdsSomething(YamlNode root) {
        return !(root instanceof YamlNode.Scalar scalar && scalar.isNull());
    }

    /**
     * Writes a cluster, so that reading the text gives an equal cluster: secrets that were referred to as their references, all
     * others in clear. What has its default is left out.
     *
     * @throws IllegalArgumentException if a text holds half a surrogate pair, which no file can carry
     */
    public static String write(Cluster cluster) {
        return YamlText.write(ClusterWriter.tree(cluster).entries());
    }
}
