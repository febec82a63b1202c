package dev.harborha.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.render.Bundle;
import dev.harborha.render.FileChange;
import dev.harborha.render.FileChange.Kind;
import dev.harborha.validation.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@code render} says on standard output. */
final class RenderText {

    private RenderText() {}

    /** Returns a line for each change. */
    static String list(List<FileChange> changes) {
        StringBuilder text = new StringBuilder();
        for (FileChange change : changes) {
            text.append(verb(change.kind())).append(change.path());
            text.append(change.foreign() ? "  (made or changed by somebody else)\n" : "\n");
        }
        return text.toString();
    }

    private static String verb(Kind kind) {
        return switch (kind) {
            case ADDED -> "add     ";
            case CHANGED -> "change  ";
            case MODE_CHANGED -> "mode    ";
            case REMOVED -> "remove  ";
        };
    }

    /** Returns "1 file" or "7 files". */
    static String count(List<FileChange> changes) {
        return changes.size() == 1 ? "1 file" : changes.size() + " files";
    }

    /** Returns the object for files that were written. */
    static String json(Report report, Path output, Bundle bundle) {
        return JsonText.of(report, json -> files(json, output, bundle));
    }

    /** Returns the object for files that were compared. */
    static String json(Report report, Path output, Bundle bundle, List<FileChange> changes) {
        return JsonText.of(report, json -> {
            files(json, output, bundle);
            json.writeArrayFieldStart("changes");
            for (FileChange change : changes) {
                json.writeStartObject();
                json.writeStringField("path", change.path());
                json.writeStringField("kind", change.kind().name().toLowerCase(Locale.ROOT));
                json.writeBooleanField("foreign", change.foreign());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void files(JsonGenerator json, Path output, Bundle bundle) throws IOException {
        json.writeStringField("output", output.toString());
        json.writeNumberField("files", bundle.files().size());
    }
}
