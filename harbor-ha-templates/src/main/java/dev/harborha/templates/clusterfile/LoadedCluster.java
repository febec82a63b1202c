package dev.harborha.templates.clusterfile;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.validation.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster that was read from a file, and where in that file its elements stand.
 *
 * <pre>{@code
 * LoadedCluster loaded = ClusterFile.load(Path.of("cluster.yaml"));
 * Report report = HarborHa.create().check(loaded.cluster()).located(loaded::locate);
 * }</pre>
 */
public final class LoadedCluster {

    /** A part of an element, as in {@code .name}, or a member, as in {@code [name]}. */
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[([^\\]]*)]");

    /**
     * Elements of the model that the file has under another key, or without a map of their own (the empty text). They are
     * tried in order where the file does not have the model's own name.
     */
    private static final Map<String, List<String>> SPELLED = Map.ofEntries(
            Map.entry("nodes[].listenPort", List.of("address")),
            Map.entry("loadBalancers[].address", List.of("nginx", "haproxy", "external")),
            Map.entry("loadBalancers[].program", List.of("nginx", "haproxy", "external")),
            Map.entry("loadBalancers[].healthCheck.probe", List.of("canary")),
            Map.entry("loadBalancers[].frontProxy.addresses", List.of("from")),
            Map.entry("virtualIp.prefix", List.of("address")),
            Map.entry("loadBalancers[].listenPort", List.of("port")),
            Map.entry("loadBalancers[].certificate.certificate", List.of("path")),
            Map.entry("loadBalancers[].certificate.key", List.of("keyPath", "keyPem")),
            Map.entry("loadBalancers[].certificate.chain", List.of("pem")),
            Map.entry("nodeTls.certificate.certificate", List.of("path")),
            Map.entry("nodeTls.certificate.key", List.of("keyPath", "keyPem")),
            Map.entry("nodeTls.certificate.chain", List.of("pem")),
            Map.entry("database.pool", List.of("")),
            Map.entry("redis.address", List.of("sentinel")),
            Map.entry("redis.endpoint", List.of("sentinel", "")),
            Map.entry("redis.endpoint.sentinels", List.of("addresses")),
            Map.entry("redis.databases", List.of("")),
            Map.entry("redis.databases.session", List.of("sessionDatabase")),
            Map.entry("redis.databases.registry", List.of("registryDatabase")),
            Map.entry("redis.databases.jobservice", List.of("jobserviceDatabase")),
            Map.entry("redis.databases.trivy", List.of("trivyDatabase")),
            Map.entry("redis.databases.harbor", List.of("harborDatabase")),
            Map.entry("redis.databases.cacheLayer", List.of("cacheLayerDatabase")),
            Map.entry("storage.s3.credentials", List.of("")),
            Map.entry("storage.s3.advanced", List.of("")),
            Map.entry("storage.swift.options", List.of("")),
            Map.entry("storage.swift.options.tempUrlKeys", List.of("")),
            Map.entry("storage.swift.options.tempUrlKeys.accessKey", List.of("tempUrlAccessKey")),
            Map.entry("storage.swift.options.tempUrlKeys.secretKey", List.of("tempUrlSecretKey")),
            Map.entry("storage.swift.tenantDomain", List.of("tenantDomainId")),
            Map.entry("harborYml.trace.exporter", List.of("jaeger", "jaegerAgent", "otel")),
            Map.entry("harborYml.uploadPurging.ageHours", List.of("age")),
            Map.entry("harborYml.uploadPurging.intervalHours", List.of("interval")),
            Map.entry("harborYml.proxy.credentials", List.of("")),
            Map.entry("harborCfg.ldap.search", List.of("")),
            Map.entry("harborCfg.ldap.search.dn", List.of("searchDn")),
            Map.entry("harborCfg.ldap.search.password", List.of("searchPassword")),
            Map.entry("waivers[].ruleId", List.of("rule")));

    private final Cluster cluster;
    private final String file;
    private final Place whole;

    LoadedCluster(Cluster cluster, String file, Place whole) {
        this.cluster = cluster;
        this.file = file;
        this.whole = whole;
    }

    /** Returns the cluster. */
    public Cluster cluster() {
        return cluster;
    }

    /**
     * Returns where an element stands: its key, or, for a member of a list, the item. An element that the file does not name,
     * because it has its default or is missing, is where the nearest element around it stands; that may be the whole file.
     *
     * @return nothing for the path of a file in a bundle
     */
    public Optional<Location> locate(ModelPath path) {
        if (path.isFile()) {
            return Optional.empty();
        }
        Mark mark = find(path.text().substring(ModelPath.cluster().text().length()));
        return Optional.of(new Location(file, mark.line(), mark.column()));
    }

    private Mark find(String steps) {
        Matcher step = STEP.matcher(steps);
        StringBuilder walked = new StringBuilder();
        Place place = whole;
        while (step.lookingAt()) {
            Optional<Place> next;
            if (step.group(1) == null) {
                walked.append("[]");
                next = Optional.ofNullable(place.items().get(step.group(2)));
            } else {
                walked.append(walked.length() == 0 ? "" : ".").append(step.group(1));
                next = below(place, step.group(1), walked.toString());
            }
            if (next.isEmpty()) {
                break;
            }
            place = next.get();
            step.region(step.end(), steps.length());
        }
        return place.mark();
    }

    private static Optional<Place> below(Place place, String name, String walked) {
        Place there = place.keys().get(name);
        if (there != null) {
            return Optional.of(there);
        }
        for (String key : SPELLED.getOrDefault(walked, List.of())) {
            if (key.isEmpty()) {
                return Optional.of(place);
            }
            if (place.keys().containsKey(key)) {
                return Optional.ofNullable(place.keys().get(key));
            }
        }
        return Optional.empty();
    }

    /** Returns the file's name alone: what stands in it may be secret. */
    @Override
    public String toString() {
        return "LoadedCluster[" + file + "]";
    }
}
