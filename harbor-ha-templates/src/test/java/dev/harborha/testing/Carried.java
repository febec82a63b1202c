package dev.harborha.testing;

import dev.harborha.model.Delivery;
import dev.harborha.model.HarborVersion;
import dev.harborha.model.HarborYml;
import dev.harborha.model.Releases;
import dev.harborha.secret.Secret;
import dev.harborha.validation.ValueReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;

/** Texts that all who read them in a release of Harbor 2.x take as they are, as awkward as they allow. */
final class Carried {

    private static final Releases COMMA_SESSIONS = Releases.before("2.6.0");
    private static final Releases RAW_REDIS_PASSWORD = Releases.before("2.8.1");

    private final HarborVersion release;
    private final boolean installer;

    Carried(HarborVersion release, Delivery delivery) {
        this.release = release;
        this.installer = delivery == Delivery.INSTALLER;
    }

    Arbitrary<String> lines() {
        return installer ? Texts.carriedBy(readers()) : Texts.line().filter(10_000, Texts.survives(readers()));
    }

    /** Tells whether the attributes of a trace survive, which go into one variable as JSON. */
    boolean carries(HarborYml yml) {
        String attributes = yml.trace().stream()
                .flatMap(trace -> trace.attributes().values().stream())
                .map(value -> value.replace("\\", "\\\\"))
                .collect(Collectors.joining(",", "{", "}"));
        return Texts.survives(readers()).test(attributes);
    }

    Arbitrary<Secret> secrets() {
        return secrets(readers());
    }

    Arbitrary<String> databaseUsers() {
        return Texts.carriedBy(readers(ValueReader.POSTGRESQL_DSN));
    }

    Arbitrary<Secret> databasePasswords() {
        return secrets(readers(ValueReader.POSTGRESQL_DSN));
    }

    Arbitrary<String> redisUsers() {
        return Texts.carriedBy(installer ? readers(ValueReader.URL_USER) : readers());
    }

    Arbitrary<Secret> redisPasswords() {
        List<ValueReader> more = new ArrayList<>();
        if (COMMA_SESSIONS.contains(release)) {
            more.add(ValueReader.REDIS_SESSION);
        }
        if (installer && RAW_REDIS_PASSWORD.contains(release)) {
            more.add(ValueReader.URL_USER);
        }
        return secrets(readers(more.toArray(ValueReader[]::new)));
    }

    /** Lines that could as well be longer texts where nothing but our own files carries them. */
    private Arbitrary<Secret> secrets(ValueReader... readers) {
        return Secrets.resolved(
                installer ? Texts.carriedBy(readers) : Texts.any().filter(10_000, Texts.survives(readers)));
    }

    private ValueReader[] readers(ValueReader... more) {
        List<ValueReader> readers = new ArrayList<>(List.of(more));
        readers.add(ValueReader.COMPOSE_QUOTED_ENV);
        if (installer) {
            readers.add(ValueReader.COMPOSE_ENV);
        }
        return readers.toArray(ValueReader[]::new);
    }
}
