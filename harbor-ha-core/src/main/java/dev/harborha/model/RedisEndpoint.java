package dev.harborha.model;

import java.util.List;
import java.util.regex.Pattern;

/** How the nodes find Redis. */
public sealed interface RedisEndpoint {

    /** Returns every address of it, at least one. */
    List<HostPort> addresses();

    /**
     * One server, or one address that always leads to the present master.
     *
     * @param address where it listens
     */
    record Single(HostPort address) implements RedisEndpoint {
        @Override
        public List<HostPort> addresses() {
            return List.of(address);
        }
    }

    /**
     * Sentinels, which know the present master; since 2.1.
     *
     * @param masterSet the name of the set of servers, such as {@code mymaster}
     * @param sentinels where they listen, at least one
     */
    record Sentinel(String masterSet, List<HostPort> sentinels) implements RedisEndpoint {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

        /**
         * Makes sentinels.
         *
         * @throws IllegalArgumentException if the name is malformed, or there is no sentinel
         */
        public Sentinel {
            Text.matching("the name of the Redis master set", masterSet, NAME, "use letters, digits and . _ -");
            sentinels = List.copyOf(sentinels);
            if (sentinels.isEmpty()) {
                throw new IllegalArgumentException("The Redis master set " + masterSet
                        + " has no sentinel; give the addresses of all of them, as in \"redis-1.example.com:26379\".");
            }
        }

        @Override
        public List<HostPort> addresses() {
            return sentinels;
        }
    }
}
