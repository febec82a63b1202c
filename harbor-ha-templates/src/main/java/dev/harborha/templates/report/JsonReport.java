package dev.harborha.templates.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Report;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
 *       "message": "…",
 *       "fix": "…",
 *       "title": "…",
 *       "sources": [
 *         "…"
 *       ],
 *       "waived": "the reason; only where the finding is waived"
 *     }
 *   ]
 * }
 * }</pre>
 *
 * <p>Findings come in the order of the report. The counts of errors, warnings and notes leave out what is waived. The
 * version changes when a key changes its meaning or goes away; new keys may come without it.
 */
public final class JsonReport {

    /** The version of the form. */
    public static final int VERSION = 1;

    private JsonReport() {}

    /** Returns the report as JSON that ends with a newline. */
    public static String write(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new TwoBlanks());
            out.writeStartObject();
            out.writeNumberField("version", VERSION);
            summary(report, out);
            out.writeArrayFieldStart("findings");
            for (Finding finding : report.findings()) {
                finding(finding, out);
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
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
        out.writeStringField("message", finding.problem().message());
        out.writeStringField("fix", finding.fix());
        out.writeStringField("title", finding.rule().title());
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

    /** Two blanks a level and one newline, whatever the machine's own line end. */
    private static final class TwoBlanks extends DefaultPrettyPrinter {

        private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

        TwoBlanks() {
            indentObjectsWith(LINES);
            indentArraysWith(LINES);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new TwoBlanks();
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }
    }
}
