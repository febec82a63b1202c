package dev.harborha.validation.rules;

import static dev.harborha.validation.Severity.NOTE;
import static dev.harborha.validation.Severity.WARNING;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.secret.Secret;
import dev.harborha.validation.Problem;
import dev.harborha.validation.Rule;
import dev.harborha.validation.RuleInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Rules on passwords and keys that the owner of the cluster gives. */
final class SecretRules {

    /** The passwords in the configuration files that Harbor ships. */
    private static final List<Secret> SHIPPED = List.of(Secret.of("Harbor12345"), Secret.of("root123"));

    private static final int SHORTEST = 8;

    /** Eight characters are the most that it can have, and it goes over the network in clear. */
    private static final ModelPath VRRP_PASSWORD =
            Places.CLUSTER.child("virtualIp").child("password");

    static final List<Rule> ALL = List.of(
            Rule.of(
                    RuleInfo.of(
                            "secret.default-password",
                            WARNING,
                            rule -> rule.title("A password is the one that Harbor ships")
                                    .why(
                                            "Harbor12345 and root123 stand in Harbor's sample configuration; everybody tries them first.")
                                    .fix("Draw a password of your own, for example with: openssl rand -hex 16")
                                    .sources(
                                            "https://github.com/goharbor/harbor/blob/0.5.0/make/harbor.cfg",
                                            "https://github.com/goharbor/harbor/blob/v2.14.0/make/harbor.yml.tmpl")),
                    cluster -> each(
                            cluster,
                            (path, secret) -> isShipped(secret),
                            (path, secret) ->
                                    new Problem(path, "This is a password from Harbor's sample configuration."))),
            Rule.of(
                    RuleInfo.of(
                            "secret.in-clear",
                            WARNING,
                            rule -> rule.title("A secret stands in clear in the cluster file")
                                    .why(
                                            "Everybody who can read the file, its backups and its history can read the secret.")
                                    .fix(
                                            "Write env:NAME or file:path in the cluster file, or use Secret.fromEnv(…) or Secret.fromFile(…), and keep the value there.")
                                    .sources(
                                            "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html")),
                    cluster -> each(
                            cluster,
                            (path, secret) -> secret.origin() == Secret.Origin.LITERAL,
                            (path, secret) -> new Problem(path, "This secret stands in clear in the cluster file."))),
            Rule.of(
                    RuleInfo.of(
                            "secret.unresolved",
                            NOTE,
                            rule -> rule.title("A secret has no value on this machine")
                                    .why("The cluster can be checked without it; rendering needs it.")
                                    .fix("Set the variable, or write the file, before rendering.")
                                    .sources("https://12factor.net/config")),
                    cluster -> each(
                            cluster,
                            (path, secret) -> !secret.isResolved(),
                            (path, secret) -> new Problem(
                                    path,
                                    "This secret has no value: "
                                            + secret.problem().orElse("") + "."))),
            Rule.of(
                    RuleInfo.of(
                            "secret.short-password",
                            WARNING,
                            rule -> rule.title("A password is short")
                                    .why(
                                            "Passwords of fewer than eight characters are found by trying; Harbor's own pages do not take such a"
                                                    + " one for any account, the administrator's included.")
                                    .fix("Draw a longer one, for example with: openssl rand -hex 16")
                                    .sources(
                                            "https://pages.nist.gov/800-63-4/sp800-63b.html",
                                            "https://github.com/goharbor/harbor/blob/v2.14.0/src/server/v2.0/handler/user.go")),
                    cluster -> each(
                            cluster,
                            (path, secret) -> isPassword(path)
                                    && !path.equals(VRRP_PASSWORD)
                                    && secret.isResolved()
                                    && secret.reveal().length() < SHORTEST,
                            (path, secret) ->
                                    new Problem(path, "This password has fewer than " + SHORTEST + " characters."))),
            Rule.of(
                    RuleInfo.of(
                            "secret.used-twice",
                            WARNING,
                            rule -> rule.title("One password opens two doors")
                                    .why(
                                            "Whoever reads the one, in a configuration of the other program or in its backup, has both; and one cannot"
                                                    + " be changed without the other.")
                                    .fix("Draw a password for each, for example with: openssl rand -hex 16")
                                    .sources(
                                            "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html")),
                    SecretRules::usedTwice));

    private SecretRules() {}

    private static boolean isShipped(Secret secret) {
        return secret.isResolved() && SHIPPED.contains(Secret.of(secret.reveal()));
    }

    private static List<Problem> each(
            Cluster cluster, BiPredicate<ModelPath, Secret> defect, BiFunction<ModelPath, Secret, Problem> problem) {
        return cluster.secrets().entrySet().stream()
                .filter(entry -> defect.test(entry.getKey(), entry.getValue()))
                .map(entry -> problem.apply(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Keys and tokens are drawn by machines; passwords are what people choose. */
    private static boolean isPassword(ModelPath path) {
        return path.text().toLowerCase(Locale.ROOT).endsWith("password");
    }

    private static List<Problem> usedTwice(Cluster cluster) {
        Map<Secret, ModelPath> firsts = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        cluster.secrets().forEach((path, secret) -> {
            if (isPassword(path) && secret.isResolved()) {
                ModelPath first = firsts.putIfAbsent(Secret.of(secret.reveal()), path);
                if (first != null) {
                    problems.add(new Problem(path, "This password is the one at " + first + ", too."));
                }
            }
        });
        return problems;
    }
}
