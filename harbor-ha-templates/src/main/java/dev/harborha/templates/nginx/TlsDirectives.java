package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.model.TlsProfile;
import java.util.List;

/** Mozilla's TLS profiles, guideline 5.7, as nginx directives. */
final class TlsDirectives {

    /** Forward secrecy and authenticated encryption only; the order is Mozilla's, the client may choose. */
    private static final String INTERMEDIATE_CIPHERS = String.join(
            ":",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "DHE-RSA-AES128-GCM-SHA256",
            "DHE-RSA-AES256-GCM-SHA384",
            "DHE-RSA-CHACHA20-POLY1305");

    private TlsDirectives() {}

    static List<NginxDirective> of(TlsProfile profile) {
        return switch (profile) {
            case MODERN ->
                List.of(directive("ssl_protocols", "TLSv1.3"), directive("ssl_prefer_server_ciphers", "off"));
            case INTERMEDIATE ->
                List.of(
                        directive("ssl_protocols", "TLSv1.2", "TLSv1.3"),
                        directive("ssl_ciphers", INTERMEDIATE_CIPHERS),
                        directive("ssl_prefer_server_ciphers", "off"));
        };
    }
}
