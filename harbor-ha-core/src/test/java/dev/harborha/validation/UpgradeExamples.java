package dev.harborha.validation;

import static dev.harborha.validation.Edit.with;
import static dev.harborha.validation.RuleExamples.rule;

import dev.harborha.model.HarborVersion;

/** Examples for the rules on upgrades and on single releases. */
final class UpgradeExamples {

    private UpgradeExamples() {}

    static void describe() {
        rule("version.downgrade")
                .mutant(with((cluster, c) -> c.upgradeFrom(new HarborVersion(
                        cluster.harbor().major(),
                        cluster.harbor().minor(),
                        cluster.harbor().patch() + 1))))
                .ends("version.upgrade-keeps-keys")
                .bad2x("a patch", c -> c.upgradeFrom("2.14.5"))
                .bad2x("a line", c -> c.upgradeFrom("2.15.0"))
                .good2x("an upgrade", c -> c.upgradeFrom("2.13.5"))
                .good2x("the same", c -> c.upgradeFrom("2.14.4"))
                .good2x("a new cluster", c -> {});
        rule("version.upgrade-skips-releases")
                .mutant(with((cluster, c) -> c.upgradeFrom(
                        cluster.harbor().minor() < 4
                                ? new HarborVersion(1, 10, 19)
                                : new HarborVersion(2, cluster.harbor().minor() - 4, 0))))
                .from(release -> release.major() == 2)
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .brings(
                        "version.upgrade-keeps-keys",
                        "version.upgrade-drops-clair",
                        "version.upgrade-drops-charts",
                        "version.upgrade-drops-notary")
                .bad2x("four lines", c -> c.upgradeFrom("2.10.3"))
                .bad2x("from 1.10", c -> c.upgradeFrom("1.10.19"))
                .good2x("three lines", c -> c.upgradeFrom("2.11.2"))
                .good2x(
                        "a downgrade, which another rule says",
                        c -> c.harbor("2.2.0").upgradeFrom("2.14.0"));
        rule("version.upgrade-keeps-keys")
                .mutant(with((cluster, c) -> c.upgradeFrom(cluster.harbor())))
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .bad2x("an upgrade", c -> c.upgradeFrom("2.13.5"))
                .bad2x("the same release again", c -> c.upgradeFrom("2.14.4"))
                .good2x("a downgrade, which another rule says", c -> c.upgradeFrom("2.15.0"))
                .good2x("a new cluster", c -> {});
        rule("version.upgrade-drops-clair")
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .brings(
                        "version.upgrade-keeps-keys",
                        "version.upgrade-skips-releases",
                        "version.upgrade-drops-charts",
                        "version.upgrade-drops-notary")
                .bad2x("from 2.1", c -> c.upgradeFrom("2.1.6"))
                .good2x("from 2.2", c -> c.upgradeFrom("2.2.0"));
        rule("version.upgrade-drops-charts")
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .brings("version.upgrade-keeps-keys", "version.upgrade-skips-releases", "version.upgrade-drops-notary")
                .bad2x("from 2.7", c -> c.upgradeFrom("2.7.4"))
                .good2x("from 2.8", c -> c.upgradeFrom("2.8.0"));
        rule("version.upgrade-drops-notary")
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .brings("version.upgrade-keeps-keys", "version.upgrade-skips-releases")
                .bad2x("from 2.8", c -> c.upgradeFrom("2.8.6"))
                .good2x("from 2.9", c -> c.upgradeFrom("2.9.0"));
        rule("version.known-bad")
                .brings("deployment.image-of-other-release")
                .mutant(with((cluster, c) ->
                        c.harbor(new HarborVersion(2, cluster.harbor().minor(), 0))))
                .from(release -> (release.line().equals("2.1") && release.patch() >= 5)
                        || (release.line().equals("2.2") && release.patch() >= 2))
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .bad2x("2.1.0", c -> c.harbor("2.1.0"))
                .bad2x("2.2.1", c -> c.harbor("2.2.1"))
                .good2x("2.1.5", c -> c.harbor("2.1.5"))
                .good2x("2.2.2", c -> c.harbor("2.2.2"))
                .good2x("2.14.4", c -> {});
        rule("version.webhooks-repeat")
                .brings("deployment.image-of-other-release")
                .from(release -> release.line().equals("2.15") && release.patch() < 2)
                .bad2x("2.15.2", c -> c.harbor("2.15.2"))
                .good2x("2.15.1", c -> c.harbor("2.15.1"));
        rule("version.no-longer-maintained")
                .brings("deployment.image-of-other-release")
                .mutant(with(c -> c.harbor("2.12.4")))
                .from(release -> release.line().equals("2.13"))
                .needs(cluster -> cluster.upgradeFrom().isEmpty())
                .brings("setting.not-in-release")
                .ends("redis.password-in-clear")
                .bad("0.5", c -> {})
                .bad2x("the fourth line", c -> c.harbor("2.12.4"))
                .good2x("the third line", c -> c.harbor("2.13.0"))
                .good2x("an unsupported release, which another rule says", c -> c.harbor("1.10.19"));
    }
}
