package dev.harborha.templates.harbor2;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.TlsCertificate;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import dev.harborha.templates.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The {@code install.sh} of a node, and what it knows besides the rendered files: folders, copies, mounts. */
final class InstallScript {

    /** The user and the group that Harbor's containers run as. */
    static final Owner HARBOR = new Owner(10_000, 10_000);

    private InstallScript() {}

    /**
     * Returns the text of the script.
     *
     * @param node the files of the node, without the folder of the node before their paths
     */
    static String of(Cluster cluster, List<RenderedFile> node, String machine) {
        return TextTemplate.resource(InstallScript.class, "install.sh.txt")
                .fill(Map.ofEntries(
                        Map.entry("harbor", cluster.harbor().toString()),
                        Map.entry(
                                "installDir", cluster.deployment().installDir().text()),
                        Map.entry(
                                "dataVolume", cluster.deployment().dataVolume().text()),
                        Map.entry("olderKey", isInstaller(cluster) ? "/data/secretkey" : ""),
                        Map.entry("uid", Integer.toString(HARBOR.uid())),
                        Map.entry("gid", Integer.toString(HARBOR.gid())),
                        Map.entry("harborOwner", HARBOR.toString()),
                        Map.entry(
                                "files",
                                node.stream()
                                        .map(file -> file.mode().octal() + " " + file.owner() + " "
                                                + file.path().substring(machine.length()))
                                        .collect(Collectors.joining("\n"))),
                        Map.entry("folders", lines(folders(cluster))),
                        Map.entry("copies", lines(copies(cluster))),
                        Map.entry("mounts", lines(mounts(cluster)))));
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** With Harbor's own installer, {@code prepare} makes the folders and copies the certificate. */
    private static boolean isInstaller(Cluster cluster) {
        return cluster.deployment().delivery() == Delivery.INSTALLER;
    }

    private static List<String> folders(Cluster cluster) {
        if (isInstaller(cluster)) {
            return List.of();
        }
        String data = cluster.deployment().dataVolume().text();
        String config = cluster.deployment().installDir() + "/common/config";
        List<String> folders = new ArrayList<>();
        folders.add("755 0:0 " + config + "/core/certificates");
        folders.add("755 " + HARBOR + " " + config + "/nginx/conf.d");
        // Root's, unlike prepare's: containers only read there, and what lies in a folder of theirs they can swap for a
        // link.
        folders.add("755 0:0 " + config + "/shared/trust-certificates");
        for (String folder : new String[] {"ca_download", "job_logs"}) {
            folders.add("755 " + HARBOR + " " + data + "/" + folder);
        }
        if (ScanExports.ON_DISK.contains(cluster.harbor())) {
            folders.add("755 " + HARBOR + " " + data + "/scandata_exports");
        }
        // A share is there already, and whom it belongs to is the file server's affair.
        if (!(cluster.storage() instanceof SharedFilesystem)) {
            folders.add("755 " + HARBOR + " " + ComposeFile.registryFolder(cluster));
        }
        if (cluster.harborYml().trivy().isPresent()) {
            folders.add("755 " + HARBOR + " " + data + "/trivy-adapter/trivy");
            folders.add("755 " + HARBOR + " " + data + "/trivy-adapter/reports");
        }
        return folders;
    }

    private static List<String> copies(Cluster cluster) {
        String cert = cluster.deployment().dataVolume() + "/secret/cert/";
        return cluster.nodeTls().stream()
                .filter(tls -> !isInstaller(cluster) && tls.certificate() instanceof TlsCertificate.OnMachine)
                .flatMap(tls -> {
                    TlsCertificate.OnMachine there = (TlsCertificate.OnMachine) tls.certificate();
                    return List.of(
                            there.certificate() + " " + cert + "server.crt", there.key() + " " + cert + "server.key")
                            .stream();
                })
                .toList();
    }

    static List<String> mounts(Cluster cluster) {
        return cluster.storage() instanceof SharedFilesystem share
                ? List.of(share.path().text())
                : List.of();
    }
}
