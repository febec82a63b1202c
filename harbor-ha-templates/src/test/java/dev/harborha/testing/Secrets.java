package dev.harborha.testing;

import dev.harborha.secret.Secret;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Secrets of every origin. */
public final class Secrets {

    /** The environment that secrets by reference were read from. */
    public static final Map<String, String> ENVIRONMENT =
            Map.of("DB_PASSWORD", "s3cret-of-db", "S3_KEY", "AKIA0123456789", "ADMIN", "p4ss-of-admin");

    /** The folder that unresolved references to files are relative to. */
    public static final Path FOLDER = Path.of("/nonexistent/folder");

    private Secrets() {}

    /** Returns secrets that have a value: given by the program, in clear, drawn, or from {@link #ENVIRONMENT}. */
    public static Arbitrary<Secret> resolved(Arbitrary<String> values) {
        return Arbitraries.frequencyOf(
                Tuple.of(2, values.map(Secret::of)),
                Tuple.of(2, values.map(Secret::literal)),
                Tuple.of(1, values.map(Secret::generated)),
                Tuple.of(2, Arbitraries.of(ENVIRONMENT.keySet()).map(name -> Secret.fromEnv(name, ENVIRONMENT))));
    }

    /** Returns secrets with and without a value. */
    public static Arbitrary<Secret> any(Arbitrary<String> values) {
        return Arbitraries.frequencyOf(
                Tuple.of(6, resolved(values)),
                Tuple.of(1, Arbitraries.of("NOT_SET", "_x1").map(name -> Secret.fromEnv(name, ENVIRONMENT))),
                Tuple.of(
                        1,
                        Arbitraries.of("a", "secrets/db", "with blank #x", "/abs/ü")
                                .map(name -> Secret.fromFile(FOLDER, name))));
    }
}
