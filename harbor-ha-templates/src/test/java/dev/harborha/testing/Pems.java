package dev.harborha.testing;

import dev.harborha.model.AbsolutePath;
import dev.harborha.model.PemCertificates;
import dev.harborha.model.TlsCertificate;
import dev.harborha.secret.Secret;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Certificates, of machines and of authorities. */
final class Pems {

    private Pems() {}

    /** Drawn once: drawing takes a while. */
    private static final class Pair {
        static final TlsCertificate.Pem PEM = of(ServerPair.make());

        private static TlsCertificate.Pem of(ServerPair pair) {
            return new TlsCertificate.Pem(pair.certificate(), Secret.of(pair.key()));
        }
    }

    /** Returns a certificate and its key as texts. */
    static TlsCertificate.Pem pair() {
        return Pair.PEM;
    }

    /** Returns certificates that lie on a machine, at the usual place or elsewhere, or are given as texts. */
    static Arbitrary<TlsCertificate> ofMachines(TlsCertificate usual) {
        return Arbitraries.lazy(() -> Arbitraries.of(
                usual,
                new TlsCertificate.OnMachine(new AbsolutePath("/etc/ssl/a+b.pem"), new AbsolutePath("/etc/ssl/key")),
                Pair.PEM,
                new TlsCertificate.Pem("# sent by \"us\"\n" + Pair.PEM.chain(), Secret.fromEnv("DB_KEY", Map.of()))));
    }

    /** Returns the certificate with a key that is at hand. */
    static TlsCertificate resolved(TlsCertificate certificate) {
        return certificate instanceof TlsCertificate.Pem pem && !pem.key().isResolved() ? Pair.PEM : certificate;
    }

    /** Returns certificates of authorities; where anything goes, with awkward texts around them. */
    static Arbitrary<PemCertificates> ofAuthorities(Fit fit) {
        Arbitrary<String> plain =
                Arbitraries.lazy(() -> Arbitraries.of(Pair.PEM.chain(), Pair.PEM.chain() + Pair.PEM.chain()));
        Arbitrary<String> awkward = Arbitraries.lazy(() -> Arbitraries.of(
                Pair.PEM.chain(),
                Pair.PEM.chain().replace("\n", "\r\n"),
                Pair.PEM.chain().strip(),
                "file:x\n" + Pair.PEM.chain(),
                "# é \"😀\" \u0007 \u2028\n" + Pair.PEM.chain() + "\n\n  "));
        return fit.choose(awkward, plain).map(PemCertificates::new);
    }
}
