package dev.harborha.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A program that uses a key store from a process of its own. */
final class KeyStoreProcess {

    private KeyStoreProcess() {}

    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[1]);
        try {
            switch (args[0]) {
                case "load" -> System.out.println(Stores.digest(ClusterKeys.load(path)));
                case "loadOrGenerate" -> System.out.println(Stores.digest(ClusterKeys.loadOrGenerate(path)));
                case "look" -> look(args[2], path);
                case "renew" -> ClusterKeys.renewInternalTls(path);
                case "renewForEver" -> renewForEver(path);
                case "save" -> ClusterKeys.generate(2048).save(path);
                case "impatient" ->
                    new KeyStoreFolder(path, Duration.ofMillis(50)).loadOrComplete(NothingToDraw.INSTANCE);
                case "race" -> race(path, Integer.parseInt(args[2]), args[3], ClusterKeys::loadOrGenerate);
                case "raceWithInternalTls" ->
                    race(path, Integer.parseInt(args[2]), args[3], ClusterKeys::loadOrGenerateWithInternalTls);
                case "fill" -> fill(path, Integer.parseInt(args[2]), ClusterKeys::loadOrGenerate);
                case "fillWithInternalTls" ->
                    fill(path, Integer.parseInt(args[2]), ClusterKeys::loadOrGenerateWithInternalTls);
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (ClusterKeysException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }

    /** Says that it is ready, waits for the file "go", and then uses one store from many threads. */
    private static void race(Path base, int threads, String name, Function<Path, ClusterKeys> use) throws Exception {
        Files.createFile(base.resolve("ready-" + name));
        Path go = base.resolve("go");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<String>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            results.add(pool.submit(() -> {
                while (!Files.exists(go)) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                return Stores.digest(use.apply(base.resolve("keys")));
            }));
        }
        pool.shutdown();
        Set<String> digests = new TreeSet<>();
        for (Future<String> result : results) {
            digests.add(result.get());
        }
        System.out.println(String.join("\n", digests));
    }

    /** Uses a store and nothing else, and says no more than whether it has internal TLS. */
    private static void look(String use, Path path) {
        ClusterKeys keys = switch (use) {
            case "load" -> ClusterKeys.load(path);
            case "loadOrGenerate" -> ClusterKeys.loadOrGenerate(path);
            default -> ClusterKeys.loadOrGenerateWithInternalTls(path);
        };
        System.out.println(keys.internalTls().isPresent());
    }

    /** Completes one store after the other, until it is killed. */
    private static void fill(Path base, int stores, Consumer<Path> use) {
        for (int i = 0; i < stores; i++) {
            use.accept(base.resolve(Integer.toString(i)));
        }
    }

    /** Renews the internal TLS of a store again and again, until it is killed. */
    private static void renewForEver(Path path) throws Exception {
        while (true) {
            ClusterKeys.renewInternalTls(path);
            Path count = path.resolveSibling("renewed");
            Files.writeString(count, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
