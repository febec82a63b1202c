package dev.harborha.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** One process of Python that reads any number of texts with PyYAML, which goes by YAML 1.1, and answers in JSON. */
public final class PythonYaml implements AutoCloseable {

    private static final String REQUIRE_PROGRAMS = "harborha.requirePrograms";
    private static final String PROGRAM = """
            import base64, json, sys, yaml
            print('ready', flush=True)
            for line in sys.stdin:
                text = base64.b64decode(line).decode('utf-8')
                try:
                    answer = json.dumps(yaml.safe_load(text))
                except yaml.YAMLError as e:
                    answer = 'refused: ' + repr(str(e))
                print(answer, flush=True)
            """;

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private PythonYaml(Process process) {
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /**
     * Starts Python.
     *
     * @throws org.opentest4j.TestAbortedException if Python or PyYAML is missing: the test is skipped, with the reason
     * @throws AssertionError if it is missing and {@code -Dharborha.requirePrograms=true} is set
     */
    public static PythonYaml start() {
        try {
            Process process = new ProcessBuilder("python3", "-c", PROGRAM)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            PythonYaml python = new PythonYaml(process);
            if ("ready".equals(python.out.readLine())) {
                return python;
            }
            python.close();
        } catch (IOException e) {
            // no python3; said below
        }
        String reason = "python3 with the module yaml (Debian: python3-yaml) is not installed.";
        if (Boolean.getBoolean(REQUIRE_PROGRAMS)) {
            fail(reason + " -D" + REQUIRE_PROGRAMS + "=true makes that a failure.");
        }
        Assumptions.abort(reason);
        throw new IllegalStateException("unreachable");
    }

    /** Returns what PyYAML reads, as JSON, or {@code refused: } and its reason. */
    public String read(String yaml) {
        try {
            in.write(Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8)) + "\n");
            in.flush();
            String answer = out.readLine();
            if (answer == null) {
                throw new IllegalStateException("python3 ended; its status is " + process.waitFor() + ".");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (Writer input = in) {
            input.flush();
        } catch (IOException e) {
            // it has ended already
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
