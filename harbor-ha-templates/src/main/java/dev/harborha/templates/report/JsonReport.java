package dev.harborha.templates.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Location;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes a report as JSON for programs:
 *
 * <pre>{@code
 * {
 *   "version": 1,
 *   "summary": {
 *     "errors": 0,
 *     "warnings": 1,
 *     "notes": 0,
 *     "waived": 1
 *   },
 *   "findings": [
 *     {
 *       "id": "lb.single-load-balancer",
 *       "severity": "warning",
 *       "path": "cluster.loadBalancers",
 *       "location": {
 *         "file": "cluster.yaml",
 *         "line": 8,
 *         "column": 1
 *       },
 *       "message": "…",
 *       "fix": "…",
 *       "title": "…",
 *       "versions": "all",
 *       "sources": [
 *         "…"
 *       ],
 *       "waived": "the reason; only where the finding is waived"
 *     }
 *   ]
 * }
 * }</pre>
 *
 * <p>Findings come in the order of the report. The counts of errors, warnings and notes leave out what is waived. A location is
 * there where it is known. The version changes when a key changes its meaning or goes away; new keys may come without it. {@link
 * #schema()} says all of that to a program.
 */
public final class JsonReport {

    /** The version of the form. */
    public static final int VERSION = 1;

    private static final String SCHEMA = "report.schema.json";

    private JsonReport() {}

    /** Returns the JSON Schema (draft 2020-12) of what {@link #write} returns; docs/report.schema.json is the same text. */
    public static String schema() {
        try (InputStream in = JsonReport.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + SCHEMA + " is not on the class path.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the report as JSON that ends with a newline. */
    public static String write(Report report) {
        return JsonText.of(out -> {
            out.writeNumberField("version", VERSION);
            summary(report, out);
            out.writeArrayFieldStart("findings");
            for (Finding finding : report.findings()) {
                finding(finding, out);
            }
            out.writeEndArray();
        });
    }

    private static void summary(Report report, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("summary");
        out.writeNumberField("errors", report.of(Severity.ERROR).size());
        out.writeNumberField("warnings", report.of(Severity.WARNING).size());
        out.writeNumberField("notes", report.of(Severity.NOTE).size());
        out.writeNumberField("waived", report.waived().size());
        out.writeEndObject();
    }

    private static void finding(Finding finding, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", finding.id());
        out.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        out.writeStringField("path", finding.path().text());
        if (finding.location().isPresent()) {
            location(finding.location().get(), out);
        }
        out.writeStringField("message", finding.problem().message());
        out.writeStringField("fix", finding.fix());
        out.writeStringField("title", finding.rule().title());
        out.writeStringField("versions", finding.rule().versions().toString());
        out.writeArrayFieldStart("sources");
        for (String source : finding.rule().sources()) {
            out.writeString(source);
        }
        out.writeEndArray();
        if (finding.waived().isPresent()) {
            out.writeStringField("waived", finding.waived().get());
        }
        out.writeEndObject();
    }

    private static void location(Location place, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("location");
        out.writeStringField("file", place.file());
        out.writeNumberField("line", place.line());
        out.writeNumberField("column", place.column());
        out.writeEndObject();
    }
}
