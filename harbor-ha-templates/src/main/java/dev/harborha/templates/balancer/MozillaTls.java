package dev.harborha.templates.balancer;

/** What the profiles of Mozilla's guideline 5.7 name, in the words of OpenSSL, which every load balancer here speaks. */
public final class MozillaTls {

    /** The ciphers of TLS 1.2 in the intermediate profile: forward secrecy and authenticated encryption only. */
    public static final String INTERMEDIATE_CIPHERS = String.join(
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

    private MozillaTls() {}
}
