package dev.harborha.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.harborha.templates.report.JsonReport;
import dev.harborha.validation.Report;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes one JSON object with the version of its form, which is that of {@link JsonReport}. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** Writes the fields of an object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Returns an object with the given fields. */
    static String of(Fields fields) {
        return object(json -> {
            json.writeNumberField("version", JsonReport.VERSION);
            fields.write(json);
        });
    }

    /** Returns a report, and the given fields after its own. */
    static String of(Report report, Fields fields) {
        return object(json -> {
            try (JsonParser parser = FACTORY.createParser(JsonReport.write(report))) {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    json.copyCurrentStructure(parser);
                }
            }
            fields.write(json);
        });
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
