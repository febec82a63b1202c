package dev.harborha.model;

/**
 * Which TLS versions and ciphers the load balancer offers: the profiles of Mozilla's guideline 5.7 (<a
 * href="https://wiki.mozilla.org/Security/Server_Side_TLS">Server Side TLS</a>).
 */
public enum TlsProfile {
    /** TLS 1.3 only. Docker 18.09 and later and every current browser speak it. */
    MODERN,
    /** TLS 1.2 and 1.3 with forward secrecy: the default, and Mozilla's recommendation for servers in general. */
    INTERMEDIATE
}
