package dev.harborha.model;

import dev.harborha.secret.Secret;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What only the {@code harbor.cfg} of Harbor 0.5 can say. Later releases keep these settings in the database. Defaults are
 * those of the file that Harbor 0.5.0 ships, but for the sample mail server and directory, which are left out.
 *
 * @param mail the server that sends password mails
 * @param ldap the directory that users log in against; absent means Harbor's own accounts ({@code auth_mode = db_auth})
 * @param selfRegistration whether people may register themselves
 * @param compressedJs whether the web interface uses compressed scripts
 * @param maxJobWorkers the workers of the job service on each node, 1 to 1000
 * @param tokenExpiration the life of a token in minutes, 1 to 1440
 * @param verifyRemoteCert whether the job service verifies the certificates of remote registries
 * @param adminOnlyProjects whether only the administrator may create projects
 */
public record HarborCfg(
        Optional<Mail> mail,
        Optional<Ldap> ldap,
        boolean selfRegistration,
        boolean compressedJs,
        int maxJobWorkers,
        int tokenExpiration,
        boolean verifyRemoteCert,
        boolean adminOnlyProjects) {

    /** The settings that Harbor 0.5.0 ships. */
    public static final HarborCfg DEFAULT = of(cfg -> {});

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public HarborCfg {
        Text.between("the number of job workers", maxJobWorkers, 1, 1000, "");
        Text.between("the life of a token", tokenExpiration, 1, 1440, "minutes");
    }

    /**
     * The server that sends password mails.
     *
     * @param server where it listens, port 25 unless told otherwise
     * @param username the user
     * @param password the user's password
     * @param from the sender, such as {@code admin <harbor@example.com>}
     * @param ssl whether the connection is TLS from its start
     * @param identity the identity for PLAIN authentication; absent means the user
     */
    public record Mail(
            HostPort server, String username, Secret password, String from, boolean ssl, Optional<String> identity) {

        /**
         * Makes a mail server.
         *
         * @throws IllegalArgumentException if a text is empty or no single line
         */
        public Mail {
            Text.line("the user of the mail server", username);
            Text.line("the sender of mails", from);
            identity.ifPresent(text -> Text.line("the identity at the mail server", text));
        }
    }

    /**
     * The directory that users log in against.
     *
     * @param url the server, {@code ldap://} or {@code ldaps://}
     * @param baseDn where the search for users starts
     * @param uid the attribute that is matched with the login name: uid, cn, mail, sAMAccountName
     * @param scope how deep the search goes: 1 base, 2 one level, 3 subtree
     * @param search who searches, where the directory allows no anonymous search
     * @param filter a filter that users must match
     */
    public record Ldap(
            String url, String baseDn, String uid, int scope, Optional<SearchUser> search, Optional<String> filter) {

        private static final Pattern URL = Pattern.compile("ldaps?://([^\\s/?#@]+)/?");
        private static final int DEFAULT_PORT = 389;

        /**
         * Makes a directory.
         *
         * @throws IllegalArgumentException if a text is malformed, or the scope is out of its range
         */
        public Ldap {
            requireUrl(url);
            Text.line("the base DN", baseDn);
            Text.matching(
                    "the uid attribute", uid, Pattern.compile("[A-Za-z][A-Za-z0-9-]*"), "use a name like \"uid\"");
            Text.between("the search scope", scope, 1, 3, "");
            filter.ifPresent(text -> Text.line("the search filter", text));
        }

        private static void requireUrl(String url) {
            Matcher parts = URL.matcher(url);
            if (!parts.matches()) {
                throw new IllegalArgumentException("The address of the directory is " + Quoted.address(url)
                        + "; use \"ldap://host[:port]\" or \"ldaps://host[:port]\".");
            }
            HostPort.parse(parts.group(1), DEFAULT_PORT);
        }
    }

    /**
     * Who searches the directory.
     *
     * @param dn the user's DN
     * @param password the user's password
     */
    public record SearchUser(String dn, Secret password) {

        /**
         * Makes a search user.
         *
         * @throws IllegalArgumentException if the DN is empty or no single line
         */
        public SearchUser {
            Text.line("the DN of the search user", dn);
        }
    }

    /**
     * Describes the settings.
     *
     * @throws IllegalArgumentException if something is malformed
     */
    public static HarborCfg of(Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return builder.build();
    }

    /** Describes the settings; nothing is required. */
    public static final class Builder {

        private Optional<Mail> mail = Optional.empty();
        private Optional<Ldap> ldap = Optional.empty();
        private boolean selfRegistration = true;
        private boolean compressedJs = true;
        private int maxJobWorkers = 3;
        private int tokenExpiration = 30;
        private boolean verifyRemoteCert = true;
        private boolean adminOnlyProjects;

        Builder() {}

        /** Sets the server that sends password mails. Default: none. */
        public Builder mail(Mail mail) {
            this.mail = Optional.of(mail);
            return this;
        }

        /** Sets the directory that users log in against. Default: none, Harbor's own accounts. */
        public Builder ldap(Ldap ldap) {
            this.ldap = Optional.of(ldap);
            return this;
        }

        /** Sets whether people may register themselves. Default: true. */
        public Builder selfRegistration(boolean allowed) {
            this.selfRegistration = allowed;
            return this;
        }

        /** Sets whether the web interface uses compressed scripts. Default: true. */
        public Builder compressedJs(boolean compressed) {
            this.compressedJs = compressed;
            return this;
        }

        /** Sets the workers of the job service on each node, 1 to 1000. Default: 3. */
        public Builder maxJobWorkers(int workers) {
            this.maxJobWorkers = workers;
            return this;
        }

        /** Sets the life of a token in minutes, 1 to 1440. Default: 30. */
        public Builder tokenExpiration(int minutes) {
            this.tokenExpiration = minutes;
            return this;
        }

        /** Sets whether the job service verifies the certificates of remote registries. Default: true. */
        public Builder verifyRemoteCert(boolean verify) {
            this.verifyRemoteCert = verify;
            return this;
        }

        /** Sets whether only the administrator may create projects. Default: false. */
        public Builder adminOnlyProjects(boolean adminOnly) {
            this.adminOnlyProjects = adminOnly;
            return this;
        }

        HarborCfg build() {
            return new HarborCfg(
                    mail,
                    ldap,
                    selfRegistration,
                    compressedJs,
                    maxJobWorkers,
                    tokenExpiration,
                    verifyRemoteCert,
                    adminOnlyProjects);
        }
    }
}
