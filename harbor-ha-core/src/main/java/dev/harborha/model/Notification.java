package dev.harborha.model;

import java.util.OptionalInt;

/**
 * How webhooks are sent.
 *
 * @param webhookJobMaxRetry how often a webhook that fails is sent again, 0 to 100; absent means what the release's sample
 *     has: 10, and 3 since 2.8
 * @param webhookJobHttpClientTimeout how many seconds a webhook's receiver may take, 1 to 3600; since 2.8
 */
public record Notification(OptionalInt webhookJobMaxRetry, int webhookJobHttpClientTimeout) {

    /** What Harbor's sample has. */
    public static final Notification DEFAULT = new Notification(OptionalInt.empty(), 3);

    /**
     * Makes the settings.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Notification {
        webhookJobMaxRetry.ifPresent(times -> Text.between("the number of webhook retries", times, 0, 100, ""));
        Text.between("the timeout of webhooks", webhookJobHttpClientTimeout, 1, 3600, "seconds");
    }
}
