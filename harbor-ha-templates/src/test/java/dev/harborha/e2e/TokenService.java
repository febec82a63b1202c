package dev.harborha.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for the UI of one Harbor 0.5 node: gives tokens to the administrator, takes the registry's notifications, and
 * shows a front page.
 */
final class TokenService implements AutoCloseable {

    private static final String ADMIN = "admin";

    private final TokenSigner signer;
    private final String adminPassword;
    private final Duration life;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger tokens = new AtomicInteger();
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
        this.signer = new TokenSigner(privateKey);
        this.adminPassword = need(environment, "HARBOR_ADMIN_PASSWORD");
        this.life = Duration.ofMinutes(Long.parseLong(need(environment, "TOKEN_EXPIRATION")));
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/service/token", this::token);
        server.createContext("/service/notifications", exchange -> {
            exchange.getRequestBody().readAllBytes();
            notifications.incrementAndGet();
            answer(exchange, 200, "");
        });
        server.createContext("/", exchange -> answer(exchange, 200, "UI of " + node));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Counts the tokens that were given.
     *
     * @return how many
     */
    int tokens() {
        return tokens.get();
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

    private void token(HttpExchange exchange) throws IOException {
        String credentials = ADMIN + ":" + adminPassword;
        String expected = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{}");
            return;
        }
        Map<String, List<String>> query = query(exchange.getRequestURI().getRawQuery());
        String service = query.getOrDefault("service", List.of("")).get(0);
        String token = signer.token(ADMIN, service, query.getOrDefault("scope", List.of()), Instant.now(), life);
        tokens.incrementAndGet();
        answer(exchange, 200, "{\"token\":\"" + token + "\",\"expires_in\":" + life.toSeconds() + "}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(parts[0], name -> new ArrayList<>())
                    .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static String need(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException("The environment of the UI has no " + name + ".");
        }
        return value;
    }
}
