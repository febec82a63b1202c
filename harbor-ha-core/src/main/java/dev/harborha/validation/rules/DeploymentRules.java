package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.model.VersionRange;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.Map;

/** Rules on images, and on the folders of a node beside a shared file system. */
final class DeploymentRules {

    private static final String HARBOR = "https://github.com/goharbor/harbor/";
    private static final VersionRange SINCE_2 = VersionRange.since("2.0.0");

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "deployment.image-of-other-release",
                            WARNING,
                            rule -> rule.title("An image is of another release than the files")
                                    .why(
                                            "Each release reads files of its own and moves the database to its own schema. A component of another"
                                                    + " release may not start, or may not know the others any more.")
                                    .fix(
                                            "Use images of the release in .image(service, reference), or the images' release in .harbor(…).")
                                    .symptoms("no migration found for version …")
                                    .sources(
                                            "https://goharbor.io/docs/2.14.0/administration/upgrade/",
                                            HARBOR + "issues/4232")
                                    .versions(SINCE_2)),
                    DeploymentRules::otherRelease),
            Rule.of(
                    RuleInfo.of(
                            "deployment.image-may-change",
                            WARNING,
                            rule -> rule.title("An image is named by a tag that moves")
                                    .why(
                                            "Each node pulls when it starts: a node that comes back in a month runs another image than the rest, and"
                                                    + " the newest of them moves the database for all.")
                                    .fix("Name a tag of the release or a digest in .image(service, reference).")
                                    .sources(
                                            "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions")
                                    .versions(SINCE_2)),
                    cluster -> images(
                            cluster,
                            reference -> !reference.contains("@sha256:")
                                    && (tag(reference).isEmpty()
                                            || tag(reference).equals("latest")
                                            || tag(reference).equals("dev")),
                            (service, reference) -> "The image of " + service + " is " + reference
                                    + ", which may be another one on each node.")),
            Rule.of(
                    RuleInfo.of(
                            "storage.holds-data-volume",
                            ERROR,
                            rule -> rule.title("The nodes' own folder lies on the shared file system")
                                    .why(
                                            "data_volume holds what each node has for itself: its keys and certificates with their owners, the"
                                                    + " scanner's cache with its locks, logs of jobs. Two nodes in one such folder overwrite each"
                                                    + " other's files, and the scanner waits for locks that the file system does not give.")
                                    .fix(
                                            "Mount the shared file system elsewhere, .sharedFilesystem(fs -> fs.path(…)), or move"
                                                    + " .deployment(d -> d.dataVolume(…)) to a disk of the node.")
                                    .symptoms("no locks available", "cache may be in use by another process: timeout")
                                    .sources(
                                            HARBOR + "issues/13502",
                                            "https://github.com/aquasecurity/trivy/issues/1702",
                                            "https://github.com/distribution/distribution/issues/4398")
                                    .versions(SINCE_2)),
                    cluster -> cluster.storage() instanceof SharedFilesystem files
                            ? Problems.when(
                                    isIn(
                                            cluster.deployment().dataVolume().text(),
                                            files.path().text()),
                                    Places.CLUSTER.child("deployment").child("dataVolume"),
                                    () -> "The nodes' folder "
                                            + cluster.deployment().dataVolume() + " lies on the shared file system at "
                                            + files.path() + ".")
                            : List.of()),
            Rule.of(
                    RuleInfo.of(
                            "storage.files-need-an-owner",
                            NOTE,
                            rule -> rule.title("The registry writes to the shared file system as user 10000")
                                    .why(
                                            "Harbor's containers run as uid and gid 10000. An export that maps users (root_squash with another owner,"
                                                    + " or users of a directory) refuses the first push, and garbage collection fails on what it"
                                                    + " cannot remove.")
                                    .fix(
                                            "Give the exported folder to 10000:10000, or waive storage.files-need-an-owner when a push has worked"
                                                    + " from every node.")
                                    .symptoms("permission denied", "no locks available", "stale file handle")
                                    .sources(HARBOR + "issues/13502", HARBOR + "issues/13214")
                                    .versions(SINCE_2)),
                    cluster -> cluster.storage() instanceof SharedFilesystem files
                            ? List.of(new Problem(
                                    Places.CLUSTER.child("storage").child("filesystem"),
                                    "The folder " + files.source() + " must let user 10000 write on every node."))
                            : List.of()));

    private DeploymentRules() {}

    private interface Defect {
        boolean isIn(String reference);
    }

    private interface Message {
        String of(String service, String reference);
    }

    private static List<Problem> images(Cluster cluster, Defect defect, Message message) {
        return cluster.deployment().images().entrySet().stream()
                .filter(image -> defect.isIn(image.getValue()))
                .map(image -> new Problem(path(image), message.of(image.getKey(), image.getValue())))
                .toList();
    }

    private static ModelPath path(Map.Entry<String, String> image) {
        return Places.CLUSTER.child("deployment").child("images").key(image.getKey());
    }

    /** A tag of Harbor's own form, with a "v" before it or not, names the release; other tags are somebody's own. */
    private static List<Problem> otherRelease(Cluster cluster) {
        return images(
                cluster,
                reference -> tag(reference).matches("v?[0-9]+\\.[0-9]+\\.[0-9]+([.+-].*)?")
                        && !tag(reference).matches("v?\\Q" + cluster.harbor() + "\\E([.+-].*)?"),
                (service, reference) -> "The image of " + service + " is " + reference + ", and the release is "
                        + cluster.harbor() + ".");
    }

    /** Returns the tag of a reference, or an empty text. */
    private static String tag(String reference) {
        String name = reference.replaceFirst("@.*", "");
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "";
    }

    private static boolean isIn(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
