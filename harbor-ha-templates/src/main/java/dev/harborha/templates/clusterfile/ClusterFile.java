package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cluster;
import dev.harborha.templates.yaml.YamlText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes a cluster as YAML.
 *
 * <pre>{@code
 * harbor: "0.5.0"
 * publicUrl: "https://harbor.example.com"
 * nodes:
 *   - name: "harbor-1"
 *     address: "10.0.0.11"
 *   - name: "harbor-2"
 *     address: "10.0.0.12:8080"
 * loadBalancers:
 *   - nginx: "10.0.0.10"
 * database:
 *   address: "mysql.example.com"
 *   password: "env:DB_PASSWORD"
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
 *   <li><b>harbor</b>, <b>publicUrl</b>, privateNetwork, <b>nodes</b>, <b>loadBalancers</b>, <b>database</b>, redis,
 *       <b>storage</b>, <b>adminPassword</b> (secret), timeServers (list of hosts), jobserviceNode, harborCfg, waivers
 *   <li>each of nodes: <b>name</b>, <b>address</b> ({@code host} or {@code host:port})
 *   <li>each of loadBalancers: name, <b>nginx</b> (host), port, redirectPort, plainHttp, certificate ({@code path} and {@code
 *       keyPath} on its machine, or {@code pem} and {@code keyPem} (secret)), tlsProfile ({@code intermediate}, {@code
 *       modern}), affinity ({@code ip_hash}, {@code none}), behindProxy
 *   <li>database: kind ({@code mysql}, {@code postgresql}), <b>address</b>, username, <b>password</b> (secret), name
 *   <li>redis: <b>address</b>, password (secret), sessionDatabase, poolSize
 *   <li>storage: one of s3, azure, gcs, oss, swift, filesystem
 *   <li>storage.s3: <b>bucket</b>, <b>region</b>, accessKey and secretKey (secrets), endpoint, rootDirectory, encrypt, keyId,
 *       secure, chunkSize, storageClass, userAgent
 *   <li>storage.azure: <b>accountName</b>, <b>accountKey</b> (secret), <b>container</b>, realm
 *   <li>storage.gcs: <b>bucket</b>, keyFile, rootDirectory, chunkSize
 *   <li>storage.oss: <b>accessKeyId</b>, <b>accessKeySecret</b> (secrets), <b>region</b>, <b>bucket</b>, endpoint, internal,
 *       encrypt, secure, chunkSize, rootDirectory
 *   <li>storage.swift: <b>authUrl</b>, <b>username</b>, <b>password</b> (secret), <b>container</b>, tenant, tenantId, domain,
 *       domainId, trustId, region, authVersion, prefix, endpointType, insecureSkipVerify, chunkSize, tempUrlAccessKey and
 *       tempUrlSecretKey (secrets), tempUrlContainerKey, tempUrlMethods (list)
 *   <li>storage.filesystem: <b>path</b>, <b>source</b>, maxThreads
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
        return parse(TEXT, SourceText.withoutByteOrderMark(yaml), folder, environment);
    }

    private static Cluster parse(String source, String yaml, Path folder, Map<String, String> environment) {
        Problems problems = new Problems();
        Reading reading = new Reading(problems, folder, environment);
        Optional<YamlNode> root = YamlReader.read(yaml, problems);
        if (problems.none() && root.filter(ClusterFile::holdsSomething).isEmpty()) {
            throw ClusterFileException.ofWhole(
                    source, "The file is empty; describe a cluster in it, beginning with: harbor: \"0.5.0\"");
        }
        Optional<Cluster> cluster = root.flatMap(node -> ClusterReader.read(node, reading));
        List<ClusterFileProblem> found = problems.inOrder();
        if (!found.isEmpty() || cluster.isEmpty()) {
            throw new ClusterFileException(source, found);
        }
        return cluster.get();
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
