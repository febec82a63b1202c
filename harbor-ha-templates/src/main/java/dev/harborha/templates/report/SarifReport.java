package dev.harborha.templates.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.harborha.validation.Finding;
import dev.harborha.validation.Location;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a report in the Static Analysis Results Interchange Format (SARIF) 2.1.0, which code hosts and editors show beside the
 * lines of the cluster file.
 *
 * <p>There is one run with the rules that found something, each with its help, and a result for each finding. A result names
 * the element as a logical location, and where it is known the line of the cluster file. A finding in rendered files has the
 * file of the bundle for its place, relative to the bundle's folder. Findings that are waived are suppressed, with their
 * reason. The fingerprint of a result is made of rule and element, so that it stays the same when lines move.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReport {

    /** The version of the format. */
    public static final String VERSION = "2.1.0";

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** What relative paths of cluster files are relative to, by the name that viewers know. */
    private static final String SOURCES = "%SRCROOT%";

    /** What paths of rendered files are relative to. */
    private static final String BUNDLE = "BUNDLEROOT";

    private static final String FINGERPRINT = "ruleAndElement/v1";

    private final Map<RuleInfo, Integer> rules = new LinkedHashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Report report;
    private final JsonGenerator out;

    private SarifReport(Report report, JsonGenerator out) {
        this.report = report;
        this.out = out;
        report.findings().forEach(finding -> rules.putIfAbsent(finding.rule(), rules.size()));
    }

    /** Returns the report as SARIF that ends with a newline. */
    public static String write(Report report) {
        return JsonText.of(out -> new SarifReport(report, out).log());
    }

    private void log() throws IOException {
        out.writeStringField("$schema", SCHEMA);
        out.writeStringField("version", VERSION);
        out.writeArrayFieldStart("runs");
        out.writeStartObject();
        driver();
        if (report.findings().stream().anyMatch(finding -> finding.path().isFile())) {
            out.writeObjectFieldStart("originalUriBaseIds");
            out.writeObjectFieldStart(BUNDLE);
            message("description", "The folder that the bundle was written to.");
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeStringField("columnKind", "unicodeCodePoints");
        out.writeArrayFieldStart("results");
        for (Finding finding : report.findings()) {
            result(finding);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
    }

    private void driver() throws IOException {
        out.writeObjectFieldStart("tool");
        out.writeObjectFieldStart("driver");
        out.writeStringField("name", "harbor-ha");
        String version = SarifReport.class.getPackage().getImplementationVersion();
        if (version != null) {
            out.writeStringField("version", version);
        }
        out.writeArrayFieldStart("rules");
        for (RuleInfo rule : rules.keySet()) {
            rule(rule);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void rule(RuleInfo rule) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", rule.id());
        message("shortDescription", rule.title());
        message("fullDescription", rule.why());
        message("help", rule.why() + "\n\nFix: " + rule.fix() + "\n\nSee: " + String.join("\n", rule.sources()));
        Optional<String> address =
                rule.sources().stream().filter(SarifReport::isAddress).findFirst();
        if (address.isPresent()) {
            out.writeStringField("helpUri", address.get());
        }
        out.writeObjectFieldStart("defaultConfiguration");
        out.writeStringField("level", level(rule.severity()));
        out.writeEndObject();
        out.writeObjectFieldStart("properties");
        out.writeStringField("versions", rule.versions().toString());
        out.writeArrayFieldStart("tags");
        out.writeString(rule.id().substring(0, rule.id().indexOf('.')));
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private static boolean isAddress(String source) {
        try {
            return new URI(source).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String level(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private void result(Finding finding) throws IOException {
        out.writeStartObject();
        out.writeStringField("ruleId", finding.id());
        out.writeNumberField("ruleIndex", rules.getOrDefault(finding.rule(), -1));
        out.writeStringField("level", level(finding.severity()));
        message("message", finding.problem().message() + "\nFix: " + finding.fix());
        location(finding);
        out.writeObjectFieldStart("partialFingerprints");
        out.writeStringField(FINGERPRINT, fingerprint(finding));
        out.writeEndObject();
        suppressions(finding);
        out.writeEndObject();
    }

    private void location(Finding finding) throws IOException {
        out.writeArrayFieldStart("locations");
        out.writeStartObject();
        if (finding.path().isFile()) {
            artifact(finding.path().text(), BUNDLE, Optional.empty());
        } else {
            Optional<Location> place = finding.location();
            if (place.isPresent()) {
                artifact(place.get().file(), SOURCES, place);
            }
            out.writeArrayFieldStart("logicalLocations");
            out.writeStartObject();
            out.writeStringField("fullyQualifiedName", finding.path().text());
            out.writeEndObject();
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndArray();
    }

    private void artifact(String file, String base, Optional<Location> place) throws IOException {
        out.writeObjectFieldStart("physicalLocation");
        out.writeObjectFieldStart("artifactLocation");
        out.writeStringField("uri", uri(file));
        if (!file.startsWith("/")) {
            out.writeStringField("uriBaseId", base);
        }
        out.writeEndObject();
        if (place.isPresent()) {
            out.writeObjectFieldStart("region");
            out.writeNumberField("startLine", place.get().line());
            out.writeNumberField("startColumn", place.get().column());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** Returns a path as the reference of a URI (RFC 3986): what is not unreserved, nor a slash, in per cent. */
    private static String uri(String path) {
        StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file://" : "");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
                uri.append(c);
            } else {
                uri.append(String.format("%%%02X", (int) c));
            }
        }
        return uri.toString();
    }

    /** Returns a hash of rule and element; a further finding of the rule there has its number in it. */
    private String fingerprint(Finding finding) {
        String named = finding.id() + "\n" + finding.path();
        int number = seen.merge(named, 1, Integer::sum);
        String whole = number == 1 ? named : named + "\n" + number;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** All results tell whether they are suppressed, or none may. */
    private void suppressions(Finding finding) throws IOException {
        out.writeArrayFieldStart("suppressions");
        if (finding.waived().isPresent()) {
            out.writeStartObject();
            out.writeStringField("kind", "external");
            out.writeStringField("status", "accepted");
            out.writeStringField("justification", finding.waived().get());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Writes an object with a message; braces in a message are doubled, as single ones are placeholders. */
    private void message(String key, String text) throws IOException {
        out.writeObjectFieldStart(key);
        out.writeStringField("text", text.replace("{", "{{").replace("}", "}}"));
        out.writeEndObject();
    }
}
