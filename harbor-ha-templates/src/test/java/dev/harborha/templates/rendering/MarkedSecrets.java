package dev.harborha.templates.rendering;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.keys.InternalTls;
import dev.harborha.model.Cluster;
import dev.harborha.model.TlsCertificate;
import dev.harborha.model.VirtualIp;
import dev.harborha.secret.Secret;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes a cluster anew in which every secret, wherever in the model it stands, has a value that occurs in no other part. Keys of
 * certificates stay.
 *
 * @param cluster the cluster
 * @param needles what must not be seen, by a name for messages
 */
record MarkedSecrets(Cluster cluster, Map<String, String> needles) {

    /** Gives every secret a plain value. */
    static MarkedSecrets of(Cluster cluster) {
        return of(cluster, marker -> marker);
    }

    /** Gives every secret a value around its marker. */
    static MarkedSecrets of(Cluster cluster, Function<String, String> value) {
        Map<String, String> needles = new TreeMap<>();
        Cluster marked = (Cluster) new Copy(value, needles).of(cluster);
        return new MarkedSecrets(marked, needles);
    }

    /** Returns the secrets of a key store, one line of each. */
    static Map<String, String> of(ClusterKeys keys) {
        Map<String, String> needles = new TreeMap<>();
        keys.internalTls()
                .ifPresent(tls -> Arrays.stream(InternalTls.Component.values())
                        .forEach(component -> needles.put(
                                "the key of " + component,
                                line(tls.key(component).reveal()))));
        for (Method method : ClusterKeys.class.getMethods()) {
            if (method.getReturnType() == Secret.class && method.getParameterCount() == 0) {
                String value = ((Secret) call(() -> method.invoke(keys))).reveal();
                needles.put(method.getName(), line(value));
            }
        }
        return needles;
    }

    private static String line(String value) {
        return Arrays.stream(value.split("\n"))
                .filter(line -> !line.startsWith("-----"))
                .findFirst()
                .orElseThrow();
    }

    private record Copy(Function<String, String> value, Map<String, String> needles) {

        Object of(Object part) {
            if (part instanceof Secret) {
                return Secret.of(value.apply(marker()));
            }
            if (part instanceof TlsCertificate.Pem pem) {
                return new TlsCertificate.Pem(pem.chain(), key(pem.key()));
            }
            if (part instanceof VirtualIp vip) {
                // Eight characters are too few for a mark.
                vip.password().ifPresent(password -> needles.put("secret " + needles.size(), password.reveal()));
                return vip;
            }
            if (part instanceof Optional<?> optional) {
                return optional.map(this::of);
            }
            if (part instanceof List<?> list) {
                return list.stream().map(this::of).toList();
            }
            return part instanceof Record whole ? remade(whole) : part;
        }

        /** A key that fits to its certificate must stay: it is its own mark. */
        private Secret key(Secret key) {
            if (key.isResolved()) {
                needles.put("secret " + needles.size(), line(key.reveal()));
                return key;
            }
            return Secret.of("-----BEGIN PRIVATE KEY-----\n" + marker() + "\n-----END PRIVATE KEY-----\n");
        }

        private String marker() {
            String marker = "mArKeR" + needles.size() + "zQx";
            needles.put("secret " + needles.size(), marker);
            return marker;
        }

        private Object remade(Record whole) {
            RecordComponent[] components = whole.getClass().getRecordComponents();
            List<Object> parts = new ArrayList<>();
            for (RecordComponent component : components) {
                parts.add(of(call(() -> component.getAccessor().invoke(whole))));
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return call(() -> whole.getClass().getDeclaredConstructor(types).newInstance(parts.toArray()));
        }
    }

    private interface Call {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(Call call) {
        try {
            return call.run();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
