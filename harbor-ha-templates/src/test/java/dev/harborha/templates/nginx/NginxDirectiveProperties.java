package dev.harborha.templates.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harborha.templates.nginx.NginxReader.Directive;
import dev.harborha.templates.rendering.AwkwardTexts;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NginxDirectiveProperties {

    /** A directive to be written: what {@link NginxReader} must find. */
    private record Wanted(
            String name, List<String> texts, String variable, String comment, List<Wanted> block, boolean hasBlock) {

        NginxDirective make() {
            NginxDirective made = hasBlock
                    ? NginxDirective.block(
                            name, block.stream().map(Wanted::make).toList())
                    : NginxDirective.directive(name);
            made.texts(texts.toArray(String[]::new)).because(comment);
            return variable.isEmpty() ? made : made.textAndVariable(texts.isEmpty() ? "" : texts.get(0), variable);
        }

        Directive read() {
            List<String> words = new ArrayList<>(List.of(name));
            words.addAll(texts);
            if (!variable.isEmpty()) {
                words.add((texts.isEmpty() ? "" : texts.get(0)) + "$" + variable);
            }
            return new Directive(words, block.stream().map(Wanted::read).toList(), hasBlock);
        }
    }

    private static boolean carried(String text) {
        return text.indexOf('$') < 0
                && text.chars().noneMatch(Character::isISOControl)
                && text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    @Provide
    Arbitrary<String> texts() {
        return AwkwardTexts.any();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("server", "return", "proxy_set_header", "listen", "a1_2");
    }

    @Provide
    Arbitrary<List<Wanted>> files() {
        return Arbitraries.lazy(() -> directives(3)).list().ofMaxSize(4);
    }

    private Arbitrary<Wanted> directives(int depth) {
        Arbitrary<List<Wanted>> blocks = depth == 0
                ? Arbitraries.just(List.of())
                : Arbitraries.lazy(() -> directives(depth - 1)).list().ofMaxSize(3);
        Arbitrary<String> comments = Arbitraries.oneOf(Arbitraries.just(""), texts());
        return Combinators.combine(
                        names(),
                        texts().filter(NginxDirectiveProperties::carried).list().ofMaxSize(3),
                        Arbitraries.of("", "request_uri", "remote_addr"),
                        comments,
                        blocks,
                        Arbitraries.of(true, false))
                .as((name, texts, variable, comment, block, hasBlock) ->
                        new Wanted(name, texts, variable, comment, hasBlock ? block : List.of(), hasBlock));
    }

    @Property(tries = 2000)
    void nginxReadsTheTreeThatWasWritten(@ForAll("files") List<Wanted> file) {
        String text = NginxDirective.write(file.stream().map(Wanted::make).toList());
        assertThat(NginxReader.read(text).block())
                .isEqualTo(file.stream().map(Wanted::read).toList());
    }

    @Property(tries = 2000)
    void aTextIsCarriedOrRefused(@ForAll("texts") String text) {
        if (carried(text)) {
            String written = NginxDirective.directive("name", text).toString();
            assertThat(NginxReader.read(written).one("name").words()).containsExactly("name", text);
        } else {
            for (Runnable use : List.<Runnable>of(
                    () -> NginxDirective.directive("name", "before", text),
                    () -> NginxDirective.block("name", List.of()).texts(text),
                    () -> NginxDirective.directive("name").textAndVariable(text, "request_uri"))) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .message()
                        .isIn(
                                "nginx would take the \"$\" in this text for a variable; choose a text without it.",
                                "This text has a control character, which has no place in nginx.conf.",
                                "This text holds half a surrogate pair, which no file can carry.");
            }
        }
    }

    @Property
    void onlyNamesAreNames(@ForAll("texts") String text) {
        if (!text.matches("[a-z0-9_]+")) {
            assertThatThrownBy(() -> NginxDirective.directive(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"" + text + "\" is no name of an nginx directive.");
            assertThatThrownBy(() -> NginxDirective.directive("return").variable(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"" + text + "\" is no name of an nginx variable.");
        }
    }
}
