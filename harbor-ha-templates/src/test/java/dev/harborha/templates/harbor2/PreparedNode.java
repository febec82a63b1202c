package dev.harborha.templates.harbor2;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.Deployment;
import dev.harborha.model.GcsStorage;
import dev.harborha.model.Node;
import dev.harborha.model.TlsCertificate;
import dev.harborha.prepare.Prepared;
import dev.harborha.prepare.RealPrepare;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node on which Harbor's own {@code prepare} ran, with what the installer way renders for it. */
final class PreparedNode {

    private PreparedNode() {}

    /** Runs it for the first node of a cluster, whatever the cluster's delivery. */
    static Prepared of(Cluster cluster, ClusterKeys keys, Path folder) throws IOException {
        return prepare(cluster, keys, cluster.nodes().get(0)).run(folder);
    }

    /** Returns the {@code prepare} of a node, with the files that the installer way lays down for it. */
    static RealPrepare prepare(Cluster cluster, ClusterKeys keys, Node node) {
        Cluster installed = installer(cluster);
        Bundle bundle = TestKeys.HARBOR.render(installed, keys);
        String machine = "nodes/" + node.name();
        String install = installed.deployment().installDir().text();
        String data = installed.deployment().dataVolume().text();
        RealPrepare prepare = RealPrepare.of(
                cluster.harbor(),
                bundle.get(machine + install + "/harbor.yml").orElseThrow().content());
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith(machine + "/")) {
                String path = file.path().substring(machine.length());
                if (path.startsWith(data + "/")) {
                    prepare = prepare.data(path.substring(data.length() + 1), file.content());
                } else {
                    prepare = prepare.hostFile(path, file.content());
                }
            }
        }
        prepare = prepare.hostFiles(onMachineAlready(cluster));
        return cluster.harborYml().trivy().isPresent() ? prepare.withTrivy() : prepare;
    }

    /** Returns the files that lie on each machine already, by their paths. */
    private static Map<String, String> onMachineAlready(Cluster cluster) {
        Map<String, String> files = certificate(cluster);
        if (cluster.storage() instanceof GcsStorage gcs) {
            gcs.keyFile().ifPresent(path -> files.put(path.text(), "{}"));
        }
        return files;
    }

    /** Returns the files of the nodes' certificate that lie on each machine already, by their paths. */
    private static Map<String, String> certificate(Cluster cluster) {
        Map<String, String> files = new LinkedHashMap<>();
        cluster.nodeTls().ifPresent(tls -> {
            if (tls.certificate() instanceof TlsCertificate.OnMachine there) {
                files.put(there.certificate().text(), Scenario.PEM);
                files.put(there.key().text(), TestKeys.certificateKey().reveal());
            }
        });
        return files;
    }

    /** Returns all files of a node of the complete way, by their paths on the machine. */
    static SortedMap<String, String> complete(Bundle bundle, Cluster cluster, Node node) {
        SortedMap<String, String> files = onMachine(rendered(bundle, cluster, node), cluster);
        files.putAll(onMachineAlready(cluster));
        return files;
    }

    /**
     * Returns all files of a node of the installer's way after a run of {@code prepare}, by their paths on the machine.
     *
     * @param prepare what ran
     */
    static SortedMap<String, String> installed(Cluster cluster, RealPrepare prepare, Prepared prepared) {
        SortedMap<String, String> files = new TreeMap<>(prepare.hostFiles());
        files.putAll(onMachine(prepared.files(), cluster));
        return files;
    }

    private static SortedMap<String, String> onMachine(Map<String, String> files, Cluster cluster) {
        String install = cluster.deployment().installDir() + "/";
        String data = cluster.deployment().dataVolume() + "/";
        SortedMap<String, String> there = new TreeMap<>();
        files.forEach((path, text) ->
                there.put(path.startsWith("data/") ? data + path.substring("data/".length()) : install + path, text));
        return there;
    }

    /** Returns the cluster as it is delivered in the installer's way. */
    static Cluster installer(Cluster cluster) {
        Deployment deployment = cluster.deployment();
        return cluster.toBuilder()
                .deployment(d -> {
                    d.installer()
                            .installDir(deployment.installDir().text())
                            .dataVolume(deployment.dataVolume().text())
                            .imageRepository(deployment.imageRepository());
                    deployment.images().forEach(d::image);
                    deployment.subnet().ifPresent(subnet -> d.subnet(subnet.toString()));
                })
                .build();
    }

    /** Returns what is rendered for a node, under the paths that {@link Prepared} has. */
    static SortedMap<String, String> rendered(Bundle bundle, Cluster cluster, Node node) {
        String install = "nodes/" + node.name() + cluster.deployment().installDir() + "/";
        String data = "nodes/" + node.name() + cluster.deployment().dataVolume() + "/";
        SortedMap<String, String> files = new TreeMap<>();
        // What install.sh copies on the node.
        List<String> copied = List.of("data/secret/cert/server.crt", "data/secret/cert/server.key");
        Iterator<String> targets = copied.iterator();
        certificate(cluster).values().forEach(content -> files.put(targets.next(), content));
        for (RenderedFile file : bundle.files()) {
            if (file.path().startsWith(install)) {
                files.put(file.path().substring(install.length()), file.content());
            } else if (file.path().startsWith(data)) {
                files.put("data/" + file.path().substring(data.length()), file.content());
            }
        }
        return files;
    }

    /** Returns mode and owner of what is rendered for a node, as {@link Prepared#accessStatements()} says them. */
    static SortedMap<String, String> access(Bundle bundle, Cluster cluster, Node node) {
        String install = "nodes/" + node.name() + cluster.deployment().installDir() + "/";
        String data = "nodes/" + node.name() + cluster.deployment().dataVolume() + "/";
        SortedMap<String, String> access = new TreeMap<>();
        for (RenderedFile file : bundle.files()) {
            String path = file.path().startsWith(install)
                    ? file.path().substring(install.length())
                    : file.path().replace(data, "data/");
            access.put(path + ": mode", file.mode().octal());
            access.put(path + ": owner", file.owner().toString());
        }
        return access;
    }
}
