package dev.harborha.templates.clusterfile;

import dev.harborha.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One part of the model, described by the calls to its builder. Each call is tried at once on a sample that is sound without it,
 * so that every refusal of the model is reported at its own value, however many there are.
 *
 * @param <B> the builder
 * @param <T> what it builds
 */
final class Part<B, T> {

    private final Fields fields;
    private final Factory<B, T> factory;
    private final Consumer<B> sample;
    private final List<Consumer<B>> calls = new ArrayList<>();

    /**
     * Begins a part.
     *
     * @param factory makes the part of a description
     * @param sample gives a builder all that is required
     */
    Part(Fields fields, Factory<B, T> factory, Consumer<B> sample) {
        this.fields = fields;
        this.factory = factory;
        this.sample = sample;
    }

    Part<B, T> text(String key, BiConsumer<B, String> call) {
        return with(key, fields.text(key), call);
    }

    Part<B, T> flag(String key, BiConsumer<B, Boolean> call) {
        return with(key, fields.flag(key), call);
    }

    Part<B, T> number(String key, BiConsumer<B, Long> call) {
        return with(key, fields.number(key), call);
    }

    Part<B, T> integer(String key, BiConsumer<B, Integer> call) {
        return with(key, fields.integer(key), call);
    }

    <E extends Enum<E>> Part<B, T> word(String key, Class<E> type, BiConsumer<B, E> call) {
        return with(key, fields.word(key, type), call);
    }

    Part<B, T> secret(String key, BiConsumer<B, Secret> call) {
        return with(key, fields.secret(key), call);
    }

    Part<B, T> duration(String key, BiConsumer<B, Duration> call) {
        return with(key, fields.parsed(key, Durations::parse), call);
    }

    /** Adds a call that takes certificates as their PEM text. */
    Part<B, T> certificates(String key, BiConsumer<B, String> call) {
        return with(key, fields.certificates(key), (builder, found) -> call.accept(builder, found.text()));
    }

    /** Adds a call for each pair of a map whose keys are free. */
    Part<B, T> pairs(String key, Pair<B, String> call) {
        Map<String, String> pairs = fields.pairs(
                key, (name, text) -> factory.make(sample.andThen(builder -> call.accept(builder, name, text))));
        pairs.forEach((name, text) -> calls.add(builder -> call.accept(builder, name, text)));
        return this;
    }

    /** Adds a call that takes all texts of a list. */
    Part<B, T> texts(String key, BiConsumer<B, List<String>> call) {
        List<String> texts =
                fields.texts(key, text -> factory.make(sample.andThen(builder -> call.accept(builder, List.of(text)))));
        if (!texts.isEmpty()) {
            calls.add(builder -> call.accept(builder, texts));
        }
        return this;
    }

    /** Adds a call that takes two secrets which stand together or not at all. */
    Part<B, T> secrets(String one, String other, Pair<B, Secret> call) {
        fields.together(one, other);
        Secret first = fields.secret(one);
        Secret second = fields.secret(other);
        if (first != null && second != null) {
            calls.add(builder -> call.accept(builder, first, second));
        }
        return this;
    }

    /** Adds a call for a value that was read by other means; {@code key} is where a refusal is reported. */
    <V> Part<B, T> with(String key, @Nullable V value, BiConsumer<B, V> call) {
        takes(key, value, call);
        return this;
    }

    /** Adds a call as {@link #with} does; returns false if its value is refused. */
    <V> boolean takes(String key, @Nullable V value, BiConsumer<B, V> call) {
        if (value == null) {
            return true;
        }
        Consumer<B> made = builder -> call.accept(builder, value);
        try {
            factory.make(sample.andThen(made));
            calls.add(made);
            return true;
        } catch (IllegalArgumentException e) {
            fields.refuse(key, e);
            return false;
        }
    }

    /** Ends the fields and makes the part; nothing if it is incomplete or has a problem, which is reported. */
    Optional<T> make() {
        fields.end();
        if (!fields.reading().problems().none()) {
            return Optional.empty(); // the file is refused; only its further problems matter
        }
        try {
            return Optional.of(factory.make(builder -> calls.forEach(call -> call.accept(builder))));
        } catch (IllegalArgumentException e) {
            fields.refuse(e.getMessage() == null ? "These values do not fit together." : e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes a part of the model from its description; refuses with {@link IllegalArgumentException}. */
    interface Factory<B, T> {
        T make(Consumer<B> description);
    }

    /** A call with two values. */
    interface Pair<B, V> {
        void accept(B builder, V one, V other);
    }
}
