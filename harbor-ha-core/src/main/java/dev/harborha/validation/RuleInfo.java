package dev.harborha.validation;

import dev.harborha.model.VersionRange;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is fixed about a rule, whatever the cluster: its page in the book of rules.
 *
 * <pre>{@code
 * RuleInfo.of("lb.port-clash", Severity.ERROR, rule -> rule
 *     .title("A load balancer would listen twice on one port")
 *     .why("…what happens to people who do it nevertheless…")
 *     .fix("Choose another .redirectPort(…) or another .port(…).")
 *     .sources("https://nginx.org/en/docs/http/ngx_http_core_module.html#listen"))
 * }</pre>
 *
 * @param id {@code topic.defect-in-kebab-case}, named after the defect; it never changes
 * @param severity how bad a violation is; {@link Severity#criterion()} says when which one is right
 * @param title what is wrong, in one short sentence without a full stop
 * @param why what happens to people who do it nevertheless, measured where it was measured
 * @param fix what to do, in the words of this library's API; a {@link Problem} may say it more exactly
 * @param symptoms what programs print where the defect strikes, as people paste it into a search; {@code …} stands for
 *     anything
 * @param sources where all that is known from: addresses, or the name of a document
 * @param versions the releases of Harbor to which the rule applies
 */
public record RuleInfo(
        String id,
        Severity severity,
        String title,
        String why,
        String fix,
        List<String> symptoms,
        List<String> sources,
        VersionRange versions)
        implements BookEntry {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");

    /**
     * Makes the description of a rule.
     *
     * @throws IllegalArgumentException if the id is malformed, a text is blank, or there is no source
     */
    public RuleInfo {
        requireId(id);
        symptoms = List.copyOf(symptoms);
        sources = List.copyOf(sources);
        if (title.isBlank() || why.isBlank() || fix.isBlank() || sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "The rule " + id + " needs a title, a reason, a fix and at least one source.");
        }
    }

    /**
     * Describes a rule; it applies to every release unless {@link Builder#versions} says otherwise.
     *
     * @throws IllegalArgumentException if the id is malformed, or something is missing
     */
    public static RuleInfo of(String id, Severity severity, Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return new RuleInfo(
                id,
                severity,
                builder.title,
                builder.why,
                builder.fix,
                builder.symptoms,
                builder.sources,
                builder.versions);
    }

    static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "\"" + id + "\" is no rule id; write topic.defect-in-kebab-case, as in lb.no-session-affinity.");
        }
    }

    /** Describes a rule; all but symptoms and versions is required. */
    public static final class Builder {

        private String title = "";
        private String why = "";
        private String fix = "";
        private List<String> symptoms = List.of();
        private List<String> sources = List.of();
        private VersionRange versions = VersionRange.all();

        Builder() {}

        /** Sets what is wrong, in one short sentence without a full stop. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** Sets what happens to people who do it nevertheless. */
        public Builder why(String why) {
            this.why = why;
            return this;
        }

        /** Sets what to do, in the words of this library's API. */
        public Builder fix(String fix) {
            this.fix = fix;
            return this;
        }

        /** Sets what programs print where the defect strikes; {@code …} stands for anything. Default: nothing. */
        public Builder symptoms(String... texts) {
            this.symptoms = List.of(texts);
            return this;
        }

        /** Sets where it is known from: addresses, or the name of a document. */
        public Builder sources(String... sources) {
            this.sources = List.of(sources);
            return this;
        }

        /** Sets the releases of Harbor to which the rule applies. Default: all. */
        public Builder versions(VersionRange releases) {
            this.versions = releases;
            return this;
        }
    }
}
