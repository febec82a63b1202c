package dev.harborha.model;

/**
 * How many requests one client address may send; more are answered with 429.
 *
 * @param requestsPerSecond in the long run, 1 to 100000
 * @param burst how many more may come at once, 0 to 100000
 */
public record RateLimit(int requestsPerSecond, int burst) {

    /**
     * Makes a limit.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public RateLimit {
        Text.between("the limit of requests per second", requestsPerSecond, 1, 100_000, "");
        Text.between("the burst of requests", burst, 0, 100_000, "");
    }
}
