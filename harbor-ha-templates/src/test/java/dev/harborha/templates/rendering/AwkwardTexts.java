package dev.harborha.templates.rendering;

import dev.harborha.testing.Texts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts for free fields: those of {@link Texts}, and those that would become a part of the file around them. */
public final class AwkwardTexts {

    private static final Arbitrary<String> SMUGGLERS = Arbitraries.of(
            "a\nMYSQL_HOST=evil.example.com",
            "a\n  rootdirectory: /evil",
            "a\"\nkey: \"b",
            "a; include /etc/passwd;",
            "a\";}\nserver { listen 81; }",
            "a;}\nserver { listen 81; }",
            "a\n[section]\nb=c",
            "a\n continued = line",
            "a ; hostname = evil",
            "a;b ;c",
            ";a ;b",
            "'; touch /tmp/evil; '",
            "$db_password",
            "${db_password}",
            "$$db_password",
            "%(hostname)s",
            "@{url}",
            "a # b",
            "a\t#b",
            "a\t;b",
            "rem a",
            "export a=b",
            "a:b@c/d?e=f",
            "a,b,c,d",
            "\ud800",
            "a\udc00b",
            "x".repeat(1024),
            "x".repeat(1025));

    private AwkwardTexts() {}

    /** Returns texts that are not empty. */
    public static Arbitrary<String> any() {
        return Arbitraries.oneOf(Texts.any(), SMUGGLERS);
    }
}
