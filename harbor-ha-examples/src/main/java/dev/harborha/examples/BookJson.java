package dev.harborha.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.validation.BookEntry;
import dev.harborha.validation.Prevention;
import dev.harborha.validation.RuleBook;
import dev.harborha.validation.RuleInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Entries of the book of rules as a JSON object, in the given order. */
final class BookJson {

    private BookJson() {}

    /** Returns an object with an array of entries, each with its kind: {@code rule}, {@code bundle-rule} or {@code prevented}. */
    static String of(RuleBook book, List<BookEntry> entries) {
        return JsonText.of(json -> {
            json.writeArrayFieldStart("entries");
            for (BookEntry entry : entries) {
                write(json, book, entry);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, RuleBook book, BookEntry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", entry.id());
        if (entry instanceof RuleInfo rule) {
            json.writeStringField("kind", book.bundleRules().contains(rule) ? "bundle-rule" : "rule");
            json.writeStringField("severity", rule.severity().name().toLowerCase(Locale.ROOT));
        } else {
            json.writeStringField("kind", "prevented");
        }
        json.writeStringField("title", entry.title());
        json.writeStringField("why", entry.why());
        if (entry instanceof RuleInfo rule) {
            json.writeStringField("fix", rule.fix());
            json.writeStringField("versions", rule.versions().toString());
        } else {
            json.writeStringField("how", ((Prevention) entry).how());
        }
        strings(json, "symptoms", entry.symptoms());
        strings(json, "sources", entry.sources());
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
