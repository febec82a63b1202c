package dev.harborha.audit;

import static dev.harborha.audit.Cure.HARBOR;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import java.util.List;
import java.util.Optional;

/** Rules on the job service of each node. */
final class JobRules {

    static final List<BundleRule> ALL = List.of(FleetRule.ofSeveral(
            RuleInfo.of(
                    "bundle.job-logs-on-one-node",
                    WARNING,
                    rule -> rule.title("The log of a job lies on the node that ran it")
                            .why(
                                    "Jobs run on whichever node is free. A node that is asked for the log of another one's job answers 404: 8 of 8"
                                            + " on a real cluster.")
                            .fix(
                                    "Leave JobLogger.DB among .jobservice(j -> j.jobLoggers(…)), and render all nodes again.")
                            .symptoms("object is not found", "404 page not found")
                            .sources(HARBOR + "issues/13011", HARBOR + "blob/v2.14.0/src/jobservice/logger/base.go")),
            JobRules::logs));

    private JobRules() {}

    private static List<Problem> logs(HarborNode node) {
        Optional<RenderedFile> config = node.jobserviceConfig();
        Optional<RenderedFile> file = config.or(node::harborYml);
        if (file.isEmpty()) {
            return List.of();
        }
        YamlOutline yaml = node.yaml(file.get());
        List<String> names = config.isPresent()
                ? yaml.items("job_loggers").stream()
                        .flatMap(item -> yaml.value(item + ".name").stream())
                        .toList()
                : yaml.items("jobservice.job_loggers").stream()
                        .flatMap(item -> yaml.value(item).stream())
                        .toList();
        return names.contains("DB")
                ? List.of()
                : List.of(Fleet.at(
                        file.get(),
                        names.isEmpty()
                                ? "No job logger is named, so logs are not kept in the database."
                                : "The job loggers are " + SafeText.of(names, ", ") + ", and DB is not among them."));
    }
}
