package dev.harborha.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for the UI of one Harbor 0.5 node: gives tokens to the administrator, takes the registry's notifications, and
 * shows a front page.
 */
final class TokenService implements AutoCloseable {

    private final TokenEndpoint endpoint;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger notifications = new AtomicInteger();

    /**
     * Starts the service.
     *
     * @param address where it listens
     * @param node the name of its node, shown on the front page
     * @param privateKey the text of {@code private_key.pem}
     * @param environment the variables of the UI's container
     */
    TokenService(InetSocketAddress address, String node, String privateKey, Map<String, String> environment) {
        this.endpoint = new TokenEndpoint(
                new TokenSigner(privateKey),
                need(environment, "HARBOR_ADMIN_PASSWORD"),
                Duration.ofMinutes(Long.parseLong(need(environment, "TOKEN_EXPIRATION"))));
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/service/token", endpoint);
        server.createContext("/service/notifications", exchange -> {
            exchange.getRequestBody().readAllBytes();
            notifications.incrementAndGet();
            TokenEndpoint.answer(exchange, 200, "");
        });
        server.createContext("/", exchange -> TokenEndpoint.answer(exchange, 200, "UI of " + node));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Counts the tokens that were given.
     *
     * @return how many
     */
    int tokens() {
        return endpoint.tokens();
    }

    /**
     * Counts what the node's registry has told.
     *
     * @return how many requests
     */
    int notifications() {
        return notifications.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static String need(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException("The environment of the UI has no " + name + ".");
        }
        return value;
    }
}
