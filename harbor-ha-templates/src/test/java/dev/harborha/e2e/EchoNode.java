package dev.harborha.e2e;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What stands in the place of a node where only its load balancer is of interest: it answers each request with its own name and
 * with the head of the request as it arrived.
 */
final class EchoNode implements AutoCloseable {

    private final String name;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "echo");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts a node.
     *
     * @param name its name in the cluster
     * @param address where it listens
     */
    EchoNode(String name, InetSocketAddress address) {
        this.name = name;
        try {
            this.server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address, 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                if (server.isClosed()) {
                    connection.close();
                } else {
                    threads.execute(() -> serve(connection));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            boolean more = true;
            while (more) {
                String head = readHead(in);
                skipBody(head, in);
                more = !head.contains("\r\nconnection: close\r\n") && !head.contains("\r\nConnection: close\r\n");
                byte[] body = head.getBytes(StandardCharsets.ISO_8859_1);
                String answer = "HTTP/1.1 200 OK\r\nX-Node: " + name + "\r\nContent-Length: " + body.length
                        + "\r\nConnection: " + (more ? "keep-alive" : "close") + "\r\n\r\n";
                byte[] first = answer.getBytes(StandardCharsets.US_ASCII);
                byte[] whole = new byte[first.length + body.length];
                System.arraycopy(first, 0, whole, 0, first.length);
                System.arraycopy(body, 0, whole, first.length, body.length);
                out.write(whole);
            }
        } catch (IOException gone) {
            // The load balancer has no more requests, or the node was lost.
        } finally {
            connections.remove(connection);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void skipBody(String head, InputStream in) throws IOException {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                skip(Long.parseLong(line.substring(15).trim()), in);
            } else if (line.equalsIgnoreCase("transfer-encoding: chunked")) {
                int size;
                do {
                    StringBuilder text = new StringBuilder();
                    for (int next = in.read(); next != '\n'; next = in.read()) {
                        if (next < 0) {
                            throw new EOFException();
                        }
                        text.append((char) next);
                    }
                    size = Integer.parseInt(text.toString().trim(), 16);
                    skip(size + 2L, in);
                } while (size > 0);
            }
        }
    }

    /** Reads in large pieces, which skipping does not. */
    private static void skip(long bytes, InputStream in) throws IOException {
        byte[] piece = new byte[(int) Math.min(bytes, 1 << 18)];
        for (long left = bytes; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
    }

    /** Loses the node: nobody listens any more, and its connections end. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
