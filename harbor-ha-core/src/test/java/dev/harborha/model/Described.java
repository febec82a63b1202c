package dev.harborha.model;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A part of the model that is described by calls to its builder.
 *
 * @param factory makes the part of a description
 * @param required calls that every description has
 * @param optional calls that a description may have
 */
record Described<B, T>(
        Function<Consumer<B>, T> factory,
        List<Arbitrary<Consumer<B>>> required,
        List<Arbitrary<Consumer<B>>> optional) {

    /** A part, and the same calls in another order. */
    record Twice(Object one, Object other) {}

    /** Returns the calls of a description. */
    Arbitrary<List<Consumer<B>>> calls() {
        List<Arbitrary<List<Consumer<B>>>> each = Stream.concat(
                        required.stream().<Arbitrary<List<Consumer<B>>>>map(call -> call.map(List::of)),
                        optional.stream()
                                .<Arbitrary<List<Consumer<B>>>>map(
                                        call -> call.list().ofMaxSize(1)))
                .toList();
        return Combinators.combine(each)
                .as(all -> all.stream().flatMap(List::stream).toList());
    }

    /** Returns whole descriptions. */
    Arbitrary<Consumer<B>> descriptions() {
        return calls().map(Described::all);
    }

    /** Returns the parts themselves. */
    Arbitrary<T> parts() {
        return descriptions().map(factory);
    }

    /** Returns parts that are described in two orders. */
    Arbitrary<Twice> twice() {
        return calls().flatMap(calls -> Arbitraries.shuffle(calls)
                .map(shuffled -> new Twice(factory.apply(all(calls)), factory.apply(all(shuffled)))));
    }

    private static <B> Consumer<B> all(List<Consumer<B>> calls) {
        return builder -> calls.forEach(call -> call.accept(builder));
    }
}
