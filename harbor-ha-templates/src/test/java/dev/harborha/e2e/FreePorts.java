package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Hands out ports that nobody listens on.
 *
 * <p>They come from 20000 to 31999, below the range from which Linux takes the ports of outgoing connections, so that
 * no client socket can take a port between the moment it is handed out and the moment a program listens on it.
 */
final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final int ATTEMPTS = 200;

    private final Set<Integer> handedOut = new HashSet<>();
    private final Random random = new Random();

    /**
     * Hands out one port, never the same twice.
     *
     * @return a port that is free on all addresses of the machine
     */
    int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + random.nextInt(COUNT);
            if (handedOut.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port found in " + ATTEMPTS + " attempts.");
    }

    /**
     * Hands out a socket address on a loopback address.
     *
     * @param address an address in 127.0.0.0/8
     * @return that address with a free port
     */
    InetSocketAddress nextOn(String address) {
        return new InetSocketAddress(literal(address), next());
    }

    /**
     * Reads an address without asking a name server.
     *
     * @param address an IPv4 address in numbers
     * @return the address
     */
    static InetAddress literal(String address) {
        if (!address.matches("127(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException(address + " is not a loopback address 127.a.b.c");
        }
        try {
            return InetAddress.getByName(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a socket address as programs take it: {@code address:port}. */
    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
