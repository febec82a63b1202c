package dev.harborha.e2e;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands for core and portal of one node of Harbor 2.x, as far as a load balancer and docker meet them: a program of its own, which
 * can be killed and stopped like core. It reads the environment that is rendered for core.
 *
 * <p>As in Harbor, {@code /api/v2.0/health} always has the status 200 and tells what was found at most 10 seconds ago; requests for {@code
 * /v2/} need a token that any core may have signed, and go to the node's registry with the registry's own credentials.
 */
final class CoreStandIn {

    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(10);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);

    /** What is between two programs only (RFC 9110, 7.6.1), what the client sets by itself, and what is replaced. */
    private static final Set<String> NOT_HANDED_ON = Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-connection",
            "expect",
            "content-length",
            "authorization");

    private final HttpClient registryClient = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(HEALTH_TIMEOUT)
            .build();
    private final URI registry;
    private final String scheme;
    private final String credentials;
    private final TokenSigner signer;
    private volatile boolean registryAnswers;

    private CoreStandIn(Map<String, String> environment) throws IOException {
        registry = URI.create(need(environment, "REGISTRY_URL"));
        scheme = URI.create(need(environment, "EXT_ENDPOINT")).getScheme();
        credentials = RegistryClient.basic(
                need(environment, "REGISTRY_CREDENTIAL_USERNAME"), need(environment, "REGISTRY_CREDENTIAL_PASSWORD"));
        signer = new TokenSigner(Files.readString(Path.of(need(environment, "TOKEN_PRIVATE_KEY_PATH"))));
    }

    /**
     * Starts it.
     *
     * @param arguments the address and the port where it listens
     * @throws IOException if it cannot listen there
     */
    public static void main(String[] arguments) throws IOException {
        CoreStandIn core = new CoreStandIn(System.getenv());
        HttpServer server = HttpServer.create(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])), 0);
        server.createContext("/api/v2.0/ping", exchange -> TokenEndpoint.answer(exchange, 200, "Pong"));
        server.createContext("/api/v2.0/health", exchange -> TokenEndpoint.answer(exchange, 200, core.health()));
        server.createContext(
                "/service/token",
                new TokenEndpoint(core.signer, need(System.getenv(), "HARBOR_ADMIN_PASSWORD"), TOKEN_LIFE));
        server.createContext("/v2/", core::registryApi);
        server.createContext("/", exchange -> TokenEndpoint.answer(exchange, 200, "portal"));
        server.setExecutor(Executors.newCachedThreadPool());
        ScheduledExecutorService health = Executors.newSingleThreadScheduledExecutor();
        core.askRegistry();
        health.scheduleWithFixedDelay(
                core::askRegistry, HEALTH_INTERVAL.toSeconds(), HEALTH_INTERVAL.toSeconds(), TimeUnit.SECONDS);
        server.start();
    }

    private static String need(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException("The environment of core has no " + name + ".");
        }
        return value;
    }

    private void askRegistry() {
        try {
            HttpRequest ask = HttpRequest.newBuilder(registry.resolve("/"))
                    .timeout(HEALTH_TIMEOUT)
                    .build();
            registryAnswers =
                    registryClient.send(ask, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            registryAnswers = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String health() {
        String registryHealth = registryAnswers ? "healthy" : "unhealthy";
        return "{\"components\":[{\"name\":\"core\",\"status\":\"healthy\"},{\"name\":\"registry\",\"status\":\""
                + registryHealth + "\"}],\"status\":\"" + registryHealth + "\"}";
    }

    private void registryApi(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!authorization.startsWith("Bearer ") || !signer.hasSigned(authorization.substring("Bearer ".length()))) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + scheme + "://"
                                    + exchange.getRequestHeaders().getFirst("Host")
                                    + "/service/token\",service=\"harbor-registry\"");
            TokenEndpoint.answer(exchange, 401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}");
            return;
        }
        HttpResponse<InputStream> answer;
        try {
            answer = registryClient.send(toRegistry(exchange), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            TokenEndpoint.answer(exchange, 502, "");
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
            return;
        }
        handBack(answer, exchange);
    }

    private HttpRequest toRegistry(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length");
        BodyPublisher body;
        if (headers.containsKey("Transfer-Encoding")) {
            body = BodyPublishers.ofInputStream(exchange::getRequestBody);
        } else if (length != null && !length.equals("0")) {
            body = BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(exchange::getRequestBody), Long.parseLong(length));
        } else {
            body = BodyPublishers.noBody();
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        registry.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), body);
        headers.forEach((name, values) -> {
            if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.header("Authorization", credentials).build();
    }

    private static void handBack(HttpResponse<InputStream> answer, HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = answer.body()) {
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            List<String> length = answer.headers().allValues("Content-Length");
            if (exchange.getRequestMethod().equals("HEAD")) {
                length.forEach(bytes -> exchange.getResponseHeaders().set("Content-Length", bytes));
                exchange.sendResponseHeaders(answer.statusCode(), -1);
                return;
            }
            // To this server 0 means a body without a length, and -1 none.
            long bytes = length.isEmpty() ? 0 : Long.parseLong(length.get(0));
            exchange.sendResponseHeaders(answer.statusCode(), length.isEmpty() || bytes > 0 ? bytes : -1);
            body.transferTo(exchange.getResponseBody());
        }
    }
}
