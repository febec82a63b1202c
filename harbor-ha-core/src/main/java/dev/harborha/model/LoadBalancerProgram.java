package dev.harborha.model;

/** What balances the load: a program that is rendered, or something that is not ours to configure. */
public enum LoadBalancerProgram {
    /** nginx 1.18 or later, with a small checker beside it, since it asks no node how it does by itself. */
    NGINX,
    /** HAProxy 2.4 or later. */
    HAPROXY,
    /**
     * A load balancer that somebody else runs: a cloud's, an appliance, or a proxy of one's own. No file is rendered for it; the
     * rules judge what is said of it, and {@code INSTALL.md} lists what it must do.
     */
    EXTERNAL;

    /** Returns the name as its makers write it. */
    @Override
    public String toString() {
        return switch (this) {
            case NGINX -> "nginx";
            case HAPROXY -> "HAProxy";
            case EXTERNAL -> "external";
        };
    }
}
