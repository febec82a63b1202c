package dev.harborha.testkit;

import dev.harborha.model.Cluster;
import dev.harborha.model.ModelPath;
import dev.harborha.model.Storage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a cluster that paths lead to: the components of its records, members of lists by their names, and the words
 * that the cluster file uses for them where these differ.
 */
final class ClusterElements {

    /** A part, as in {@code .name}, or a member, as in {@code [name]}. */
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[([^\\]]*)]");

    /** The components that members of lists are known by. */
    private static final Set<String> NAMES = Set.of("name", "ruleId");

    /** Components whose own components are said without them, as in {@code storage.s3.accessKey}. */
    private static final Set<String> GROUPS = Set.of("advanced", "credentials", "options");

    /** What paths and the cluster file call a component that the model calls otherwise, by the record that has it. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("SharedRedis.address", List.of("endpoint")),
            Map.entry("SharedRedis.sentinel", List.of("endpoint")),
            Map.entry("Pem.pem", List.of("chain")),
            Map.entry("Pem.keyPem", List.of("key")),
            Map.entry("OnMachine.path", List.of("certificate")),
            Map.entry("OnMachine.keyPath", List.of("key")),
            Map.entry("Ldap.searchDn", List.of("search", "dn")),
            Map.entry("Ldap.searchPassword", List.of("search", "password")),
            Map.entry("Options.tempUrlAccessKey", List.of("tempUrlKeys", "accessKey")),
            Map.entry("Options.tempUrlSecretKey", List.of("tempUrlKeys", "secretKey")),
            Map.entry("Trace.jaeger", List.of("exporter")),
            Map.entry("Trace.otel", List.of("exporter")));

    /** A place in the model: what is declared there, and what this cluster has there, if it has anything. */
    private record Place(Type type, @Nullable Object value) {}

    private ClusterElements() {}

    /** Returns what is wrong with a path, in one sentence; nothing if it leads to an element of the cluster. */
    static Optional<String> problemOf(Cluster cluster, ModelPath path) {
        String root = ModelPath.cluster().text();
        String text = path.text();
        if (!text.startsWith(root + ".")) {
            return Optional.of("The path " + text + " does not begin with \"" + root + ".\".");
        }
        Place place = new Place(Cluster.class, cluster);
        Matcher step = STEP.matcher(text).region(root.length(), text.length());
        while (step.lookingAt()) {
            Optional<Place> next = step.group(1) == null ? member(place, step.group(2)) : part(place, step.group(1));
            if (next.isEmpty()) {
                return Optional.of("The path " + text + " leads nowhere: there is no " + step.group() + " after "
                        + text.substring(0, step.start()) + ".");
            }
            place = next.get();
            step.region(step.end(), text.length());
        }
        return step.regionStart() == text.length()
                ? Optional.empty()
                : Optional.of("The path " + text + " is malformed; make it by ModelPath.cluster().child(…).key(…).");
    }

    private static Optional<Place> part(Place owner, String name) {
        Place place = unwrapped(owner);
        if (place.type() == Storage.class && place.value() instanceof Storage storage) {
            return storage.driver().equals(name)
                    ? Optional.of(new Place(storage.getClass(), storage))
                    : Optional.empty();
        }
        for (Class<?> type : classes(place)) {
            Optional<Place> found = component(type, place.value(), name)
                    .or(() -> words(type, place.value(), name))
                    .or(() -> grouped(type, place.value(), name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Place> words(Class<?> type, @Nullable Object value, String name) {
        Optional<Place> place = Optional.empty();
        for (String word : WORDS.getOrDefault(type.getSimpleName() + "." + name, List.of())) {
            place = place.isEmpty() ? component(type, value, word) : place.flatMap(above -> part(above, word));
        }
        return place;
    }

    private static Optional<Place> grouped(Class<?> type, @Nullable Object value, String name) {
        return GROUPS.stream()
                .flatMap(group -> component(type, value, group).stream())
                .flatMap(group -> part(group, name).stream())
                .findFirst();
    }

    private static Optional<Place> component(Class<?> type, @Nullable Object value, String name) {
        RecordComponent[] components = type.getRecordComponents();
        return components == null
                ? Optional.empty()
                : Arrays.stream(components)
                        .filter(component -> component.getName().equals(name))
                        .map(component -> new Place(component.getGenericType(), read(component, value)))
                        .findFirst();
    }

    private static @Nullable Object read(RecordComponent component, @Nullable Object owner) {
        if (!component.getDeclaringRecord().isInstance(owner)) {
            return null;
        }
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The model has a record that cannot be read: " + component, e);
        }
    }

    private static Optional<Place> member(Place owner, String key) {
        Place place = unwrapped(owner);
        if (place.value() instanceof Map<?, ?> map && map.containsKey(key)) {
            return Optional.of(new Place(Object.class, map.get(key)));
        }
        return place.value() instanceof Collection<?> members
                ? members.stream()
                        .filter(member -> nameOf(member).filter(key::equals).isPresent())
                        .<Place>map(member -> new Place(member.getClass(), member))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> nameOf(Object member) {
        return NAMES.stream()
                .flatMap(name -> component(member.getClass(), member, name).stream())
                .map(place -> String.valueOf(place.value()))
                .findFirst();
    }

    /** Looks into an Optional: what it holds, or would hold. */
    private static Place unwrapped(Place place) {
        return place.type() instanceof ParameterizedType type
                        && type.getRawType().equals(Optional.class)
                ? new Place(
                        type.getActualTypeArguments()[0],
                        place.value() instanceof Optional<?> optional ? optional.orElse(null) : null)
                : place;
    }

    /** Returns the class of what is there; where nothing is, all that could be. */
    private static List<Class<?>> classes(Place place) {
        Object value = place.value();
        if (value != null) {
            return List.of(value.getClass());
        }
        List<Class<?>> classes = new ArrayList<>();
        if (place.type() instanceof Class<?> type) {
            classes.add(type);
            Class<?>[] kinds = type.getPermittedSubclasses();
            if (kinds != null) {
                classes.addAll(List.of(kinds));
            }
        }
        return classes;
    }
}
