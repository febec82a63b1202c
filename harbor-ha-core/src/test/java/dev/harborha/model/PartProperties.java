package dev.harborha.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every part that is described by calls to a builder. */
class PartProperties {

    @Provide
    Arbitrary<Described.Twice> twice() {
        return Arbitraries.of(PartArbitraries.all()).flatMap(part -> part.get().twice());
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfCallsDoesNotMatter(@ForAll("twice") Described.Twice parts) {
        assertThat(parts.one()).isEqualTo(parts.other()).hasSameHashCodeAs(parts.other());
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void noTextOfAPartTellsASecretOrACertificate(@ForAll("twice") Described.Twice parts) {
        assertThat(parts.one().toString())
                .doesNotContain(ClusterArbitraries.MARKER)
                .doesNotContain("-----BEGIN");
    }
}
