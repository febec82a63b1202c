package dev.harborha.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clients that push and pull all the time, each from a network of its own, while something happens to the cluster.
 *
 * <p>Two kinds of clients: those that repeat nothing, and those that begin a layer again up to five times, be it pushed or pulled, as
 * docker does, and never repeat a ping, a token or a manifest. docker waits 5, 10, 15 seconds and so on before; these wait a twentieth of that, which
 * makes it harder for the load balancer. Between two operations a client waits a
 * tenth of a second, after a failure a quarter.
 */
final class DrillLoad implements AutoCloseable {

    /** What a client does. */
    enum Kind {
        /** Pushes images and repeats nothing. */
        PLAIN_PUSH,
        /** Pushes images and repeats layers as docker does. */
        DOCKER_PUSH,
        /** Pulls an image and repeats nothing. */
        PLAIN_PULL,
        /** Pulls an image and repeats blobs as docker does. */
        DOCKER_PULL;

        private boolean repeats() {
            return this == DOCKER_PUSH || this == DOCKER_PULL;
        }
    }

    /** The transfer of one blob. */
    private interface Transfer {
        void run() throws IOException;
    }

    /**
     * One push or pull.
     *
     * @param kind whose it was
     * @param failure what went wrong; empty if nothing did
     * @param repeats why layers were begun again, one text each
     * @param start when it began, by {@link System#nanoTime()}
     * @param end when it ended
     */
    record Operation(Kind kind, String failure, List<String> repeats, long start, long end) {

        boolean failed() {
            return !failure.isEmpty();
        }

        /** Tells whether an answer had begun and did not come to its end. */
        boolean wasCutOff() {
            return failure.startsWith("The body ended after ");
        }

        Duration took() {
            return Duration.ofNanos(end - start);
        }
    }

    private static final int LAYER = 384 << 10;
    private static final int MOST_REPEATS = 5;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BREATH = Duration.ofMillis(100);
    private static final String PULLED = "library/pulled";

    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final AtomicLong seeds = new AtomicLong(1_000);
    private final List<Operation> operations = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> clients = new ArrayList<>();
    private final Image pulled = Image.of(999, LAYER);

    private DrillLoad() {}

    /**
     * Starts as many clients of each kind.
     *
     * @param cluster where
     * @param ofEach how many
     * @return the load
     * @throws IOException if the image that is pulled cannot be pushed
     */
    static DrillLoad start(DrillCluster cluster, int ofEach) throws IOException {
        DrillLoad load = new DrillLoad();
        RegistryClient first = cluster.client("127.60.1.1");
        first.push(first.token(PULLED), PULLED, "1.0", load.pulled);
        int clients = 0;
        for (int number = 1; number <= ofEach; number++) {
            for (Kind kind : Kind.values()) {
                String source = "127." + (100 + clients) + ".7.1";
                clients++;
                boolean atOnce = number % 2 == 0;
                Thread client = new Thread(() -> load.run(kind, cluster.client(source), atOnce), kind + " " + number);
                load.clients.add(client);
                client.start();
            }
        }
        return load;
    }

    private void run(Kind kind, RegistryClient client, boolean atOnce) {
        while (goesOn.get()) {
            long start = System.nanoTime();
            List<String> repeats = new ArrayList<>();
            String failure = "";
            try {
                if (kind == Kind.PLAIN_PULL || kind == Kind.DOCKER_PULL) {
                    pull(client, kind, repeats);
                } else {
                    push(client, kind, atOnce, repeats);
                }
            } catch (IOException | AssertionError e) {
                failure = reason(e);
            }
            operations.add(new Operation(kind, failure, List.copyOf(repeats), start, System.nanoTime()));
            sleep(failure.isEmpty() ? BREATH : PAUSE);
        }
    }

    /** Returns what went wrong, without the headers of an answer that was not the expected one. */
    private static String reason(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.toString())
                .replaceFirst(" \\{.*", "");
    }

    private void pull(RegistryClient client, Kind kind, List<String> repeats) throws IOException {
        String token = client.token(PULLED);
        client.manifest(token, PULLED, "1.0");
        for (byte[] blob : pulled.blobs()) {
            transfer(kind, repeats, () -> client.blob(token, PULLED, Image.digest(blob)));
        }
    }

    private void push(RegistryClient client, Kind kind, boolean atOnce, List<String> repeats) throws IOException {
        long seed = seeds.incrementAndGet();
        String repository = "library/pushed-" + seed % 3;
        Image image = Image.of(seed, LAYER, 5_000);
        String token = client.token(repository);
        for (byte[] blob : image.blobs()) {
            transfer(kind, repeats, () -> {
                if (atOnce) {
                    client.pushAtOnce(token, repository, blob);
                } else {
                    client.push(token, repository, blob);
                }
            });
        }
        client.name(token, repository, "t" + seed, image);
    }

    private static void transfer(Kind kind, List<String> repeats, Transfer transfer) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                transfer.run();
                return;
            } catch (IOException | AssertionError e) {
                if (!kind.repeats() || attempt > MOST_REPEATS) {
                    throw e;
                }
                repeats.add(reason(e));
                sleep(PAUSE.multipliedBy(attempt));
            }
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits while the clients go on. */
    DrillLoad during(Duration time) {
        sleep(time);
        return this;
    }

    /**
     * Lets every client end what it does.
     *
     * @return what they did, in the order of its ends
     */
    List<Operation> stop() {
        goesOn.set(false);
        for (Thread client : clients) {
            try {
                client.join(TimeUnit.SECONDS.toMillis(60));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            if (client.isAlive()) {
                throw new AssertionError(client.getName() + " does not end.");
            }
        }
        return List.copyOf(operations);
    }

    /** Returns how many operations of a kind there were, and how many of them failed or began again, with the reasons. */
    static String summary(List<Operation> operations) {
        return operations.stream()
                .collect(Collectors.groupingBy(Operation::kind, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(kind -> kind.getKey() + " " + failed(kind.getValue()).size() + "/"
                        + kind.getValue().size() + " failed, slowest "
                        + kind.getValue().stream()
                                .mapToLong(one -> one.took().toMillis())
                                .max()
                                .orElse(0)
                        + " ms "
                        + counted(failed(kind.getValue()).stream().map(Operation::failure))
                        + ", begun again "
                        + counted(kind.getValue().stream().flatMap(one -> one.repeats().stream())))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Long> counted(Stream<String> reasons) {
        return reasons.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** Returns those that failed. */
    static List<Operation> failed(List<Operation> operations) {
        return operations.stream().filter(Operation::failed).toList();
    }

    /** Returns those of a kind. */
    static List<Operation> of(Kind kind, List<Operation> operations) {
        return operations.stream().filter(operation -> operation.kind() == kind).toList();
    }

    @Override
    public void close() {
        goesOn.set(false);
    }
}
