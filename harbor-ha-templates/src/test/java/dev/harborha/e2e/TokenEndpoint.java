package dev.harborha.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives tokens to the administrator and to nobody else. */
final class TokenEndpoint implements HttpHandler {

    private static final String ADMIN = "admin";

    private final TokenSigner signer;
    private final String expected;
    private final Duration life;
    private final AtomicInteger tokens = new AtomicInteger();

    /**
     * Makes the endpoint.
     *
     * @param signer makes the tokens
     * @param adminPassword who may have one
     * @param life how long each is good
     */
    TokenEndpoint(TokenSigner signer, String adminPassword, Duration life) {
        this.signer = signer;
        this.expected = RegistryClient.basic(ADMIN, adminPassword);
        this.life = life;
    }

    /** Counts the tokens that were given. */
    int tokens() {
        return tokens.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
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

    /** Answers with a short text. */
    static void answer(HttpExchange exchange, int status, String text) throws IOException {
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
}
