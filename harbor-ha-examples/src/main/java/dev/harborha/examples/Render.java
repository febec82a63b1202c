package dev.harborha.examples;

import dev.harborha.HarborHa;
import dev.harborha.InvalidClusterException;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.render.Bundle;
import dev.harborha.render.FileChange;
import dev.harborha.secret.Secret;
import dev.harborha.templates.clusterfile.ClusterFile;
import dev.harborha.templates.clusterfile.LoadedCluster;
import dev.harborha.templates.report.UnifiedDiff;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run of {@code render}.
 *
 * @param harbor what checks and renders
 * @param file the cluster file
 * @param output the folder to write to
 * @param keys the key store
 * @param force whether files are overwritten that somebody else made or changed
 * @param format how results are written
 * @param terminal where they are written
 */
record Render(
        HarborHa harbor, Path file, Path output, KeysFolder keys, boolean force, Format format, Terminal terminal) {

    /** Where the keys come from. */
    private interface KeySource {
        ClusterKeys get(boolean internalTls, Terminal terminal, Progress progress);
    }

    /** What to do with the rendered files. */
    private interface Use {
        int of(Bundle bundle, Report report, Progress progress);
    }

    /** Writes the files. */
    int write() {
        return render(
                (tls, to, progress) -> keys.loadOrGenerate(output, tls, to, progress), (bundle, report, progress) -> {
                    int files = bundle.files().size();
                    bundle.writeTo(output, force, progress.counting("Writing files:", files));
                    progress.clear();
                    if (format == Format.JSON) {
                        terminal.out().print(RenderText.json(report, output, bundle));
                    }
                    terminal.say("Rendered " + files + " files to " + output + " with the keys in " + keys.path()
                            + ". Go on with " + output.resolve("INSTALL.md") + ".");
                    return ExitCode.OK;
                });
    }

    /** Lists what would be written. */
    int dryRun() {
        return render(keys::loadOrThrowAway, (bundle, report, progress) -> {
            List<FileChange> changes = changes(bundle, progress);
            terminal.out()
                    .print(
                            format == Format.JSON
                                    ? RenderText.json(report, output, bundle, changes)
                                    : RenderText.list(changes));
            terminal.say(
                    changes.isEmpty()
                            ? "Nothing would be written: " + output + " is as it would be rendered."
                            : "Nothing was written; " + RenderText.count(changes) + " in " + output + " would change.");
            List<FileChange> foreign =
                    changes.stream().filter(FileChange::foreign).toList();
            if (!foreign.isEmpty() && !force) {
                throw new CommandException("The run would be refused, because somebody else made or changed "
                        + RenderText.count(foreign) + "; look at it with --diff, then move it away or use --force.");
            }
            return ExitCode.OK;
        });
    }

    /** Shows how the folder differs. */
    int diff() {
        return render(keys::loadOrThrowAway, (bundle, report, progress) -> {
            List<FileChange> changes = changes(bundle, progress);
            terminal.out()
                    .print(
                            format == Format.JSON
                                    ? RenderText.json(report, output, bundle, changes)
                                    : UnifiedDiff.text(changes));
            terminal.say(
                    changes.isEmpty()
                            ? output + " is as it would be rendered."
                            : RenderText.count(changes) + " in " + output + " would change.");
            return changes.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCES;
        });
    }

    private List<FileChange> changes(Bundle bundle, Progress progress) {
        progress.at("Comparing");
        List<FileChange> changes = bundle.diff(output);
        progress.clear();
        return changes;
    }

    /** Reads and checks the cluster, renders it, and hands the files on; everything stops at an error in the cluster. */
    private int render(KeySource source, Use use) {
        LoadedCluster loaded = ClusterFile.load(file);
        Cluster cluster = loaded.cluster();
        List<RuleInfo> asked = new ArrayList<>(harbor.asked(cluster));
        Report checked = harbor.check(cluster).located(loaded::locate);
        if (checked.hasErrors()) {
            return refuse(checked, asked);
        }
        harbor.bundleRules().forEach(rule -> asked.add(rule.info()));
        requireSecrets(cluster);
        try (Progress progress = new Progress(terminal)) {
            ClusterKeys drawn = source.get(cluster.internalTls(), terminal, progress);
            progress.at("Rendering");
            Bundle bundle = harbor.render(cluster, drawn);
            Report report = checked.and(harbor.audit(bundle));
            progress.clear();
            if (format != Format.JSON) { // whose object also tells of the files
                print(report, asked);
            }
            return use.of(bundle, report, progress);
        } catch (InvalidClusterException e) {
            return refuse(checked.and(e.report()), asked);
        }
    }

    private void print(Report report, List<RuleInfo> asked) {
        terminal.out().print(ReportText.of(report, format, asked, terminal.colour()));
        terminal.out().flush();
    }

    private int refuse(Report report, List<RuleInfo> asked) {
        print(report, asked);
        terminal.say("Nothing was rendered; mend the errors first.");
        return ExitCode.ERROR_FINDINGS;
    }

    /** Names all secrets without a value before keys are made for a cluster that cannot be rendered yet. */
    private static void requireSecrets(Cluster cluster) {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<ModelPath, Secret> entry : cluster.secrets().entrySet()) {
            entry.getValue().problem().ifPresent(problem -> missing.add(entry.getKey() + " (" + problem + ")"));
        }
        if (!missing.isEmpty()) {
            throw new CommandException("Secrets have no value: " + String.join(", ", missing)
                    + ". Set them and render again; nothing was written.");
        }
    }
}
