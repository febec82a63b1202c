package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.ERROR;
import static dev.harborha.validation.ValueReader.APP_CONF;
import static dev.harborha.validation.ValueReader.COMPOSE_ENV;
import static dev.harborha.validation.ValueReader.COMPOSE_QUOTED_ENV;
import static dev.harborha.validation.ValueReader.HARBOR_CFG;
import static dev.harborha.validation.ValueReader.MYSQL_USER;
import static dev.harborha.validation.ValueReader.POSTGRESQL_DSN;
import static dev.harborha.validation.ValueReader.REDIS_SESSION;
import static dev.harborha.validation.ValueReader.URL_USER;

import dev.harborha.model.Cluster;
import dev.harborha.model.Delivery;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Releases;
import dev.harborha.model.SharedRedis;
import dev.harborha.model.Trace;
import dev.harborha.model.Trivy;
import dev.harborha.model.VersionRange;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rules on values that a program would not read as they are written. */
final class ReaderRules {

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "value.lost-by-reader",
                            ERROR,
                            rule -> rule.title("A value would not arrive as it was given")
                                    .why(
                                            "Harbor 0.5's prepare and docker-compose read values without any way of quoting them: a password"
                                                    + " with \" ;\" is cut, one with \"$\" is changed, and the login that fails later names"
                                                    + " neither.")
                                    .fix(
                                            "Choose a value of printable ASCII without what the program loses; letters, digits and . _ - + / = are safe everywhere.")
                                    .sources(
                                            "https://github.com/goharbor/harbor/blob/0.5.0/make/prepare",
                                            "https://docs.docker.com/reference/compose-file/services/#env_file-format")
                                    .versions(VersionRange.before("1.0.0"))),
                    ReaderRules::lost),
            Rule.of(
                    RuleInfo.of(
                            "value.not-carried",
                            ERROR,
                            rule -> rule.title("A value cannot be written so that Harbor reads it")
                                    .why(
                                            "Values go through files that Docker Compose reads and through addresses that Harbor puts together"
                                                    + " without quoting. What has no spelling there would arrive as another value, and the"
                                                    + " login that fails later names neither.")
                                    .fix(
                                            "Choose a value of printable ASCII without what the program loses; letters, digits and . _ - + / = are safe everywhere.")
                                    .symptoms(
                                            "password authentication failed for user …",
                                            "WRONGPASS invalid username-password pair or user is disabled")
                                    .sources(
                                            "https://github.com/goharbor/harbor/issues/7948",
                                            "https://docs.docker.com/reference/compose-file/services/#env_file-format")
                                    .versions(VersionRange.since("2.0.0"))),
                    ReaderRules::notCarried),
            Rule.of(
                    RuleInfo.of(
                            "value.not-carried-by-installer",
                            ERROR,
                            rule -> rule.title("A value does not survive Harbor's own installer")
                                    .why(
                                            "prepare writes values into its files without quoting: of 198 values that were tried, 84 arrived"
                                                    + " as others or kept a component from starting.")
                                    .fix(
                                            "Choose a value of printable ASCII without what the program loses, or render everything with .deployment(d -> d.complete()).")
                                    .symptoms("yaml.scanner.ScannerError", "invalid port … after host")
                                    .sources(
                                            "https://github.com/goharbor/harbor/issues/18786",
                                            "https://github.com/goharbor/harbor/issues/18538")
                                    .versions(VersionRange.since("2.0.0"))),
                    ReaderRules::notCarriedByInstaller));

    /** Releases whose session store in Redis gets the password in a list with commas. */
    private static final Releases COMMA_SESSIONS = Releases.before("2.6.0");

    /** Releases whose prepare puts Redis's password into addresses as it is. */
    private static final Releases ENCODES_REDIS_PASSWORD = Releases.since("2.7.2", "2.8.1");

    private ReaderRules() {}

    private static List<Problem> lost(Cluster cluster) {
        Check check = new Check();
        ModelPath root = Places.CLUSTER;
        check.secret(root.child("adminPassword"), cluster.adminPassword(), HARBOR_CFG, COMPOSE_ENV);
        ModelPath database = root.child("database");
        check.text(database.child("username"), cluster.database().username(), COMPOSE_ENV, MYSQL_USER);
        check.secret(database.child("password"), cluster.database().password(), HARBOR_CFG, COMPOSE_ENV);
        cluster.redis()
                .flatMap(SharedRedis::password)
                .ifPresent(password ->
                        check.secret(root.child("redis").child("password"), password, COMPOSE_ENV, REDIS_SESSION));
        ModelPath cfg = root.child("harborCfg");
        cluster.harborCfg().mail().ifPresent(mail -> mail(check, cfg.child("mail"), mail));
        cluster.harborCfg().ldap().ifPresent(ldap -> ldap(check, cfg.child("ldap"), ldap));
        return check.problems;
    }

    private static List<Problem> notCarried(Cluster cluster) {
        Check check = new Check();
        ModelPath root = Places.CLUSTER;
        check.secret(root.child("adminPassword"), cluster.adminPassword(), COMPOSE_QUOTED_ENV);
        ModelPath database = root.child("database");
        check.text(database.child("username"), cluster.database().username(), COMPOSE_QUOTED_ENV, POSTGRESQL_DSN);
        check.secret(database.child("password"), cluster.database().password(), COMPOSE_QUOTED_ENV, POSTGRESQL_DSN);
        if (COMMA_SESSIONS.contains(cluster.harbor())) {
            cluster.redis()
                    .flatMap(SharedRedis::password)
                    .ifPresent(password -> check.secret(
                            root.child("redis").child("password"), password, COMPOSE_QUOTED_ENV, REDIS_SESSION));
        }
        ModelPath yml = root.child("harborYml");
        cluster.harborYml()
                .trivy()
                .flatMap(Trivy::githubToken)
                .ifPresent(token -> check.secret(yml.child("trivy").child("githubToken"), token, COMPOSE_QUOTED_ENV));
        cluster.harborYml().trace().ifPresent(trace -> trace(check, yml.child("trace"), trace, COMPOSE_QUOTED_ENV));
        return check.problems;
    }

    private static void trace(Check check, ModelPath path, Trace trace, ValueReader reader) {
        // The attributes go into one variable as JSON, in which a backslash is doubled.
        String attributes = trace.attributes().values().stream()
                .map(value -> value.replace("\\", "\\\\"))
                .collect(Collectors.joining(",", "{", "}"));
        check.text(path.child("attributes"), attributes, reader);
        if (trace.exporter() instanceof Trace.JaegerCollector jaeger) {
            ModelPath collector = path.child("jaeger");
            jaeger.username().ifPresent(name -> check.text(collector.child("username"), name, reader));
            jaeger.password().ifPresent(password -> check.secret(collector.child("password"), password, reader));
        }
    }

    private static List<Problem> notCarriedByInstaller(Cluster cluster) {
        Check check = new Check();
        if (cluster.deployment().delivery() != Delivery.INSTALLER) {
            return check.problems;
        }
        ModelPath root = Places.CLUSTER;
        check.secret(root.child("adminPassword"), cluster.adminPassword(), COMPOSE_ENV);
        ModelPath database = root.child("database");
        check.text(database.child("username"), cluster.database().username(), COMPOSE_ENV);
        check.secret(database.child("password"), cluster.database().password(), COMPOSE_ENV);
        ModelPath redis = root.child("redis");
        cluster.redis()
                .flatMap(SharedRedis::username)
                .ifPresent(name -> check.text(redis.child("username"), name, COMPOSE_ENV, URL_USER));
        cluster.redis().flatMap(SharedRedis::password).ifPresent(password -> {
            if (ENCODES_REDIS_PASSWORD.contains(cluster.harbor())) {
                check.secret(redis.child("password"), password, COMPOSE_ENV);
            } else {
                check.secret(redis.child("password"), password, COMPOSE_ENV, URL_USER);
            }
        });
        ModelPath yml = root.child("harborYml");
        cluster.harborYml()
                .trivy()
                .flatMap(Trivy::githubToken)
                .ifPresent(token -> check.secret(yml.child("trivy").child("githubToken"), token, COMPOSE_ENV));
        cluster.harborYml().trace().ifPresent(trace -> trace(check, yml.child("trace"), trace, COMPOSE_ENV));
        // What no way of delivery carries is said once, by the other rule.
        List<ModelPath> said = notCarried(cluster).stream().map(Problem::path).toList();
        check.problems.removeIf(problem -> said.contains(problem.path()));
        return check.problems;
    }

    private static void mail(Check check, ModelPath path, HarborCfg.Mail mail) {
        check.text(path.child("username"), mail.username(), HARBOR_CFG, APP_CONF);
        check.secret(path.child("password"), mail.password(), HARBOR_CFG, APP_CONF);
        check.text(path.child("from"), mail.from(), HARBOR_CFG, APP_CONF);
        mail.identity().ifPresent(text -> check.text(path.child("identity"), text, HARBOR_CFG, APP_CONF));
    }

    private static void ldap(Check check, ModelPath path, HarborCfg.Ldap ldap) {
        check.text(path.child("baseDn"), ldap.baseDn(), HARBOR_CFG, COMPOSE_ENV);
        ldap.filter().ifPresent(text -> check.text(path.child("filter"), text, HARBOR_CFG, COMPOSE_ENV));
        ldap.search().ifPresent(user -> {
            check.text(path.child("searchDn"), user.dn(), HARBOR_CFG, COMPOSE_ENV);
            check.secret(path.child("searchPassword"), user.password(), HARBOR_CFG, COMPOSE_ENV);
        });
    }

    /** Asks the readers of each value in turn; the first one that loses something is named. */
    private static final class Check {

        private final List<Problem> problems = new ArrayList<>();

        void secret(ModelPath path, Secret secret, ValueReader... readers) {
            if (secret.isResolved()) {
                text(path, secret.reveal(), readers);
            }
        }

        void text(ModelPath path, String value, ValueReader... readers) {
            for (ValueReader reader : readers) {
                var loss = reader.losesIn(value);
                if (loss.isPresent()) {
                    problems.add(new Problem(
                            path,
                            "The value has " + loss.get() + "; " + reader.program() + " would change it or cut it off.",
                            "Choose a value of printable ASCII without it; letters, digits and . _ - + / = are safe"
                                    + " everywhere."));
                    return;
                }
            }
        }
    }
}
