package dev.harborha.templates.nginx;

import static dev.harborha.templates.nginx.NginxDirective.directive;

import dev.harborha.model.TlsProfile;
import dev.harborha.templates.balancer.MozillaTls;
import java.util.List;

/** Mozilla's TLS profiles, guideline 5.7, as nginx directives. */
final class TlsDirectives {

    private TlsDirectives() {}

    static List<NginxDirective> of(TlsProfile profile) {
        return switch (profile) {
            case MODERN ->
                List.of(directive("ssl_protocols", "TLSv1.3"), directive("ssl_prefer_server_ciphers", "off"));
            case INTERMEDIATE ->
                List.of(
                        directive("ssl_protocols", "TLSv1.2", "TLSv1.3"),
                        directive("ssl_ciphers", MozillaTls.INTERMEDIATE_CIPHERS),
                        directive("ssl_prefer_server_ciphers", "off"));
        };
    }
}
