package dev.harborha.validation;

import dev.harborha.model.VersionRange;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is fixed about a rule, whatever the cluster.
 *
 * @param id {@code topic.defect-in-kebab-case}, named after the defect; it never changes
 * @param severity how bad a violation is
 * @param title what is wrong, in one short sentence without a full stop
 * @param why what happens to people who do it nevertheless
 * @param sources where that is known from: addresses, or the name of a document
 * @param versions the releases of Harbor to which the rule applies
 */
public record RuleInfo(
        String id, Severity severity, String title, String why, List<String> sources, VersionRange versions) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");

    /**
     * Makes the description of a rule.
     *
     * @throws IllegalArgumentException if the id is malformed, a text is blank, or there is no source
     */
    public RuleInfo {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "\"" + id + "\" is no rule id; write topic.defect-in-kebab-case, as in lb.no-session-affinity.");
        }
        sources = List.copyOf(sources);
        if (title.isBlank() || why.isBlank() || sources.isEmpty()) {
            throw new IllegalArgumentException("The rule " + id + " needs a title, a reason and at least one source.");
        }
    }

    /** Returns the description of a rule that applies to every release. */
    public static RuleInfo of(String id, Severity severity, String title, String why, String... sources) {
        return new RuleInfo(id, severity, title, why, List.of(sources), VersionRange.all());
    }

    /** Returns this description for the given releases only. */
    public RuleInfo forVersions(VersionRange releases) {
        return new RuleInfo(id, severity, title, why, sources, releases);
    }
}
