package dev.harborha.templates.harbor2;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** User and password in a URL (RFC 3986, section 2.1). */
final class PercentCode {

    private PercentCode() {}

    /** Returns the text with everything but letters, digits and {@code - . _ *} as percent signs and numbers. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
