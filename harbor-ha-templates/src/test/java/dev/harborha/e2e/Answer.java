package dev.harborha.e2e;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came back over HTTP. */
final class Answer {

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Keeps an answer.
     *
     * @param status the status code
     * @param headers all headers, names in lower case
     * @param body the body, with any transfer coding removed
     */
    Answer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Hands out the status code.
     *
     * @return the status code
     */
    int status() {
        return status;
    }

    /**
     * Hands out the body.
     *
     * @return the body, with any transfer coding removed
     */
    byte[] body() {
        return body;
    }

    /**
     * Reads a header.
     *
     * @param name the name, in any case
     * @return its first value
     */
    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * Reads a header that must be there.
     *
     * @param name the name, in any case
     * @return its first value
     */
    String need(String name) {
        return header(name).orElseThrow(() -> new AssertionError("No header " + name + " in " + this));
    }

    /**
     * Reads the body as text.
     *
     * @return the text
     */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * Insists on a status.
     *
     * @param expected the status code
     * @return this
     */
    Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("Expected status " + expected + ", got " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        String start = text();
        return status + " " + headers + " " + (start.length() > 500 ? start.substring(0, 500) + "…" : start);
    }
}
