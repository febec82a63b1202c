package dev.harborha.validation;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Edits to a cluster that is made already: they change one place and leave everything else as it is. */
final class Edit {

    private Edit() {}

    /** Puts a value at a path as in {@code redis.endpoint.sentinels} or {@code nodes.0.address}. */
    static UnaryOperator<Cluster> set(String path, Object value) {
        return cluster -> (Cluster) put(cluster, List.of(path.split("\\.")), value);
    }

    /** Puts a value that depends on the cluster. */
    static UnaryOperator<Cluster> set(String path, Function<Cluster, Object> value) {
        return cluster -> set(path, value.apply(cluster)).apply(cluster);
    }

    /** Leaves out what is at a path. */
    static UnaryOperator<Cluster> unset(String path) {
        return set(path, Optional.empty());
    }

    static UnaryOperator<Cluster> with(Consumer<ClusterBuilder> change) {
        return with((cluster, builder) -> change.accept(builder));
    }

    static UnaryOperator<Cluster> with(BiConsumer<Cluster, ClusterBuilder> change) {
        return cluster -> {
            ClusterBuilder builder = cluster.toBuilder();
            change.accept(cluster, builder);
            return builder.build();
        };
    }

    private static Object put(Object place, List<String> path, Object value) {
        if (place instanceof Optional<?> optional) {
            return Optional.of(put(optional.orElseThrow(), path, value));
        }
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (place instanceof List<?> list) {
            List<Object> changed = new ArrayList<>(list);
            int index = Integer.parseInt(name);
            changed.set(index, rest.isEmpty() ? value : put(list.get(index), rest, value));
            return changed;
        }
        RecordComponent[] components = place.getClass().getRecordComponents();
        if (components == null
                || Arrays.stream(components)
                        .noneMatch(component -> component.getName().equals(name))) {
            throw new IllegalArgumentException(place.getClass() + " has no part " + name + ".");
        }
        try {
            Object[] values = new Object[components.length];
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getAccessor().invoke(place);
                if (components[i].getName().equals(name)) {
                    values[i] = rest.isEmpty() ? wrapped(types[i], value) : put(values[i], rest, value);
                }
            }
            return place.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("The value of " + name + " is refused.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object wrapped(Class<?> type, Object value) {
        if (type == Optional.class && !(value instanceof Optional)) {
            return Optional.of(value);
        }
        if (type == OptionalInt.class) {
            return value instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
        }
        return value;
    }
}
