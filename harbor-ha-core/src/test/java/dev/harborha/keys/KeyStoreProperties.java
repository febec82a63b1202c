package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text in the place of a member is either carried exactly or refused with a sentence that does not show it. */
class KeyStoreProperties {

    private static final Map<Member, String> VALUES = Stores.values(Stores.KEYS);

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
                Arbitraries.strings().ascii().ofLength(16),
                Arbitraries.strings().alpha().numeric().ofMinLength(7).ofMaxLength(33),
                Arbitraries.strings().alpha().numeric().withChars("\r\n").ofLength(17),
                Arbitraries.of(VALUES.values()),
                Arbitraries.of(VALUES.values()).map(value -> value + "\n"));
    }

    @Property(tries = 200)
    void aTextIsCarriedOrRefused(@ForAll Member member, @ForAll("texts") String text) throws Exception {
        Path folder = Files.createTempDirectory("harbor-ha-keys");
        try {
            Stores.put(folder, Member.PRIVATE_KEY);
            Stores.put(folder, Member.REGISTRY_PASSWORD);
            Stores.put(folder, member.fileName(), text);
            Throwable refusal = catchThrowable(() -> ClusterKeys.loadOrGenerate(folder));
            if (refusal == null) {
                assertThat(Stores.values(ClusterKeys.load(folder)).get(member)).isEqualTo(text);
            } else {
                assertThat(refusal).isInstanceOf(ClusterKeysException.class);
                assertThat(refusal.getMessage())
                        .startsWith(folder.toString())
                        .endsWith(".")
                        .hasLineCount(1);
                if (text.strip().length() > 3) {
                    assertThat(withoutPaths(refusal.getMessage(), folder.toString()))
                            .doesNotContain(text.strip());
                }
            }
            assertThat(Files.readAllBytes(folder.resolve(member.fileName())))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        } finally {
            for (String name : Stores.names(folder)) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private static String withoutPaths(String message, String path) {
        return message.replace(path, "");
    }
}
