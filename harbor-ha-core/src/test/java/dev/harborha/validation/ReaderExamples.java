package dev.harborha.validation;

import dev.harborha.model.ClusterBuilder;
import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.secret.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Values that a program of the Harbor 0.5 chain would read otherwise than they are written. */
final class ReaderExamples {

    private static final Secret FINE = Secret.of("fine");

    private ReaderExamples() {}

    static Map<String, Consumer<ClusterBuilder>> all() {
        Map<String, Consumer<ClusterBuilder>> examples = new LinkedHashMap<>();
        examples.put("prepare cuts at a blank and a semicolon", c -> c.adminPassword(Secret.of("a ;b")));
        examples.put("prepare takes two quotes for nothing", c -> c.adminPassword(Secret.of("\"\"")));
        examples.put("compose expands a dollar", c -> c.adminPassword(Secret.of("pa$$word")));
        examples.put("compose takes a hash for a comment", c -> c.adminPassword(Secret.of("a #b")));
        examples.put("compose drops a quote at the beginning", c -> c.adminPassword(Secret.of("'quoted'")));
        examples.put("blanks at the ends are dropped", c -> c.adminPassword(Secret.of("blank ")));
        examples.put("the locale decides on what is not ASCII", c -> c.adminPassword(Secret.of("pässword")));
        examples.put("a line break ends the value", c -> c.adminPassword(Secret.of("two\nlines")));
        examples.put(
                "the password of the database",
                c -> c.database(db -> db.address("db").password(Secret.of("`tick"))));
        examples.put(
                "the user of the database",
                c -> c.database(db -> db.address("db").username("a:b").password(FINE)));
        examples.put(
                "the user of the database, with a dollar",
                c -> c.database(db -> db.address("db").username("$USER").password(FINE)));
        examples.put(
                "the password of Redis",
                c -> c.redis(redis -> redis.address("redis").password(Secret.of("a,b"))));
        examples.put(
                "the mail server",
                c -> c.harborCfg(cfg -> cfg.mail(new HarborCfg.Mail(
                        HostPort.parse("mail", 25),
                        "\"user",
                        Secret.of(" blank"),
                        "ä <a@b>",
                        false,
                        Optional.of("; id")))));
        examples.put(
                "the directory",
                c -> c.harborCfg(cfg -> cfg.ldap(new HarborCfg.Ldap(
                        "ldap://h",
                        "ou=é",
                        "uid",
                        3,
                        Optional.of(new HarborCfg.SearchUser("cn=a;#", Secret.of("# hash"))),
                        Optional.of("(cn=$x)")))));
        examples.put(
                "who searches the directory",
                c -> c.harborCfg(cfg -> cfg.ldap(new HarborCfg.Ldap(
                        "ldap://h",
                        "ou=people",
                        "uid",
                        3,
                        Optional.of(new HarborCfg.SearchUser("cn=a ;b", FINE)),
                        Optional.empty()))));
        return examples;
    }
}
