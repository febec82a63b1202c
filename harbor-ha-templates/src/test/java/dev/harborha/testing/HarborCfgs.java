package dev.harborha.testing;

import dev.harborha.model.HarborCfg;
import dev.harborha.model.HostPort;
import dev.harborha.secret.Secret;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What only {@code harbor.cfg} can say. */
final class HarborCfgs {

    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);

    private HarborCfgs() {}

    static Arbitrary<HarborCfg> with(Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        Arbitrary<HarborCfg> all = Combinators.combine(
                        mail(texts, secrets).optional(),
                        ldap(texts, secrets).optional(),
                        FLAG,
                        FLAG,
                        Arbitraries.integers().between(1, 1000),
                        Arbitraries.integers().between(1, 1440),
                        FLAG,
                        FLAG)
                .as(HarborCfg::new);
        return Arbitraries.oneOf(Arbitraries.just(HarborCfg.DEFAULT), all);
    }

    private static Arbitrary<HarborCfg.Mail> mail(Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        return Combinators.combine(
                        Arbitraries.of("mail.example.com:25", "10.9.0.4:465"),
                        texts,
                        secrets,
                        texts,
                        FLAG,
                        texts.optional())
                .as((server, user, password, from, ssl, identity) ->
                        new HarborCfg.Mail(HostPort.parse(server, 1), user, password, from, ssl, identity));
    }

    private static Arbitrary<HarborCfg.Ldap> ldap(Arbitrary<String> texts, Arbitrary<Secret> secrets) {
        Arbitrary<Optional<HarborCfg.SearchUser>> search = Combinators.combine(texts, secrets)
                .as(HarborCfg.SearchUser::new)
                .optional();
        return Combinators.combine(
                        Arbitraries.of("ldap://ldap.example.com", "ldaps://10.9.0.4:636/"),
                        texts,
                        Arbitraries.of("uid", "sAMAccountName", "cn"),
                        Arbitraries.integers().between(1, 3),
                        search,
                        texts.optional())
                .as(HarborCfg.Ldap::new);
    }
}
