package dev.harborha.templates.rendering;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A Python that answers questions, one line of JSON each, so that a property can ask it a thousand times. Its script defines
 * {@code answer(request)}; what that raises comes back as {@code {"error": …}}.
 */
public final class PythonJudge implements AutoCloseable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String LOOP = """

            import json, sys
            while True:
                line = sys.stdin.readline()
                if not line:
                    break
                try:
                    reply = answer(json.loads(line))
                except Exception as e:
                    reply = {"error": type(e).__name__ + ": " + str(e)}
                sys.stdout.write(json.dumps(reply) + "\\n")
                sys.stdout.flush()
            """;

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private PythonJudge(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** Starts an interpreter on a script. */
    public static PythonJudge start(String interpreter, String script) {
        ProcessBuilder builder =
                new ProcessBuilder(interpreter, "-c", script + LOOP).redirectError(ProcessBuilder.Redirect.INHERIT);
        // As on a server that knows no locale: whatever Python decodes by it must be ASCII.
        builder.environment().putAll(Map.of("LC_ALL", "C", "PYTHONCOERCECLOCALE", "0", "PYTHONUTF8", "0"));
        try {
            return new PythonJudge(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a question that is made of maps, lists, texts, numbers and truth values. */
    public JsonNode ask(Object question) {
        try {
            questions.write(JSON.writeValueAsString(question));
            questions.newLine();
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("Python ended with " + process.waitFor() + ".");
            }
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns a tree of Java values as JSON has it, for comparison with an answer. */
    public static JsonNode tree(Object value) {
        try {
            return JSON.readTree(JSON.writeValueAsString(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the interpreter. */
    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroy();
        }
    }
}
