package dev.harborha.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.validation.RuleInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Rules in words and as JSON. */
final class RulesText {

    private static final int LINE = 100;

    private RulesText() {}

    /** Returns a line for each rule. */
    static String list(List<RuleInfo> rules) {
        int widest = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (RuleInfo rule : rules) {
            text.append(String.format(
                    Locale.ROOT, "%-" + widest + "s  %-7s  %s\n", rule.id(), rule.severity(), rule.title()));
        }
        return text.toString();
    }

    /** Returns all about one rule. */
    static String page(RuleInfo rule) {
        StringBuilder text = new StringBuilder();
        text.append(rule.id()).append(" (").append(rule.severity()).append(")\n");
        text.append(rule.title()).append(".\n\n");
        text.append(wrapped(rule.why())).append("\n\n");
        text.append("Releases of Harbor: ").append(rule.versions()).append('\n');
        text.append("See:\n");
        rule.sources().forEach(source -> text.append("  ").append(source).append('\n'));
        return text.toString();
    }

    private static String wrapped(String sentence) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : sentence.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > LINE) {
                text.append('\n');
                column = 0;
            }
            text.append(column == 0 ? "" : " ").append(word);
            column += (column == 0 ? 0 : 1) + word.length();
        }
        return text.toString();
    }

    /** Returns the rules as a JSON object. */
    static String json(List<RuleInfo> rules) {
        return JsonText.of(json -> {
            json.writeArrayFieldStart("rules");
            for (RuleInfo rule : rules) {
                json(json, rule);
            }
            json.writeEndArray();
        });
    }

    private static void json(JsonGenerator json, RuleInfo rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        json.writeStringField("severity", rule.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("title", rule.title());
        json.writeStringField("why", rule.why());
        json.writeStringField("versions", rule.versions().toString());
        json.writeArrayFieldStart("sources");
        for (String source : rule.sources()) {
            json.writeString(source);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
