package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The vulnerability scanner, one on each node. Their queue is shared, so all nodes have it or none: a node that starts
 * without it removes the scanner for all.
 *
 * @param ignoreUnfixed whether findings without a fix are left out
 * @param skipUpdate whether the vulnerability database is never downloaded
 * @param skipJavaDbUpdate whether the database of Java packages is never downloaded; since 2.9
 * @param offlineScan whether nothing is looked up in the network while scanning; since 2.5
 * @param insecure whether the registry's certificate is not verified
 * @param securityCheck what is looked for: {@code vuln}, {@code config}, {@code secret}, separated by commas; since 2.7
 * @param timeout how long one scan may take, 1 second to 24 hours; since 2.4
 * @param githubToken a token for downloads from GitHub, whose limit without one is 60 an hour
 * @param dbRepository where the vulnerability database comes from; since 2.15
 * @param javaDbRepository where the database of Java packages comes from; since 2.15
 */
public record Trivy(
        boolean ignoreUnfixed,
        boolean skipUpdate,
        boolean skipJavaDbUpdate,
        boolean offlineScan,
        boolean insecure,
        String securityCheck,
        Duration timeout,
        Optional<Secret> githubToken,
        Optional<String> dbRepository,
        Optional<String> javaDbRepository) {

    private static final Pattern CHECKS = Pattern.compile("(vuln|config|secret)(,(vuln|config|secret)){0,2}");
    private static final Pattern REPOSITORY = Pattern.compile(
            "[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[A-Za-z0-9._-]{1,128})?");

    /** What Harbor's sample has. */
    public static final Trivy DEFAULT = of(trivy -> {});

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if one is malformed or out of its range
     */
    public Trivy {
        Text.matching("the security check", securityCheck, CHECKS, "use vuln, config or secret, separated by commas");
        Text.seconds("the timeout of a scan", timeout, 1, 86_400);
        dbRepository.ifPresent(name -> requireRepository("the repository of the vulnerability database", name));
        javaDbRepository.ifPresent(name -> requireRepository("the repository of the Java database", name));
    }

    private static void requireRepository(String what, String name) {
        Text.matching(what, name, REPOSITORY, "use a name like \"registry.example.com/aquasecurity/trivy-db\"");
    }

    /**
     * Describes the scanner.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static Trivy of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes the scanner; nothing is required. */
    public static final class Builder {

        private boolean ignoreUnfixed;
        private boolean skipUpdate;
        private boolean skipJavaDbUpdate;
        private boolean offlineScan;
        private boolean insecure;
        private String securityCheck = "vuln";
        private Duration timeout = Duration.ofMinutes(5);
        private Optional<Secret> githubToken = Optional.empty();
        private Optional<String> dbRepository = Optional.empty();
        private Optional<String> javaDbRepository = Optional.empty();

        Builder() {}

        /** Sets whether findings without a fix are left out. Default: false. */
        public Builder ignoreUnfixed(boolean ignore) {
            this.ignoreUnfixed = ignore;
            return this;
        }

        /** Sets whether the vulnerability database is never downloaded. Default: false. */
        public Builder skipUpdate(boolean skip) {
            this.skipUpdate = skip;
            return this;
        }

        /** Sets whether the database of Java packages is never downloaded; since 2.9. Default: false. */
        public Builder skipJavaDbUpdate(boolean skip) {
            this.skipJavaDbUpdate = skip;
            return this;
        }

        /** Sets whether nothing is looked up in the network while scanning; since 2.5. Default: false. */
        public Builder offlineScan(boolean offline) {
            this.offlineScan = offline;
            return this;
        }

        /** Sets whether the registry's certificate is not verified. Default: false. */
        public Builder insecure(boolean insecure) {
            this.insecure = insecure;
            return this;
        }

        /** Sets what is looked for: vuln, config, secret, separated by commas; since 2.7. Default: vuln. */
        public Builder securityCheck(String checks) {
            this.securityCheck = checks;
            return this;
        }

        /** Sets how long one scan may take, 1 second to 24 hours; since 2.4. Default: 5 minutes. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Sets a token for downloads from GitHub. Default: none. */
        public Builder githubToken(Secret token) {
            this.githubToken = Optional.of(token);
            return this;
        }

        /** Sets where the vulnerability database comes from; since 2.15. Default: Harbor's. */
        public Builder dbRepository(String repository) {
            this.dbRepository = Optional.of(repository);
            return this;
        }

        /** Sets where the database of Java packages comes from; since 2.15. Default: Harbor's. */
        public Builder javaDbRepository(String repository) {
            this.javaDbRepository = Optional.of(repository);
            return this;
        }

        Trivy build() {
            return new Trivy(
                    ignoreUnfixed,
                    skipUpdate,
                    skipJavaDbUpdate,
                    offlineScan,
                    insecure,
                    securityCheck,
                    timeout,
                    githubToken,
                    dbRepository,
                    javaDbRepository);
        }
    }
}
