package dev.harborha.e2e;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A small HTTP/1.1 client that chooses its own source address, which the JDK's client cannot do before Java 19, and
 * that follows nothing and retries nothing by itself. Each request has a connection of its own.
 */
final class WireClient {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    /** Writes a request body piece by piece; every piece goes out at once. */
    interface Body {

        /**
         * Writes the body.
         *
         * @param out takes plain bytes, and sends each write as one chunk
         * @throws IOException if the connection is lost
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private final InetAddress source;

    /**
     * Makes a client.
     *
     * @param source its address, in 127.0.0.0/8
     */
    WireClient(String source) {
        this.source = FreePorts.literal(source);
    }

    /**
     * Sends a request without a body.
     *
     * @param door where to
     * @param method the method
     * @param target path and query
     * @param headers headers to add
     * @return the answer
     * @throws IOException if the connection fails, or ends before an answer
     */
    Answer send(Door door, String method, String target, Map<String, String> headers) throws IOException {
        return exchange(door, method, target, headers, Map.of(), out -> {});
    }

    /**
     * Sends a request with a body of known length.
     *
     * @param door where to
     * @param method the method
     * @param target path and query
     * @param headers headers to add
     * @param body the body
     * @return the answer
     * @throws IOException if the connection fails, or ends before an answer
     */
    Answer send(Door door, String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        return exchange(door, method, target, headers, Map.of("Content-Length", String.valueOf(body.length)), out -> {
            out.write(body);
            out.flush();
        });
    }

    /**
     * Sends a request whose body has no known length, in chunked transfer coding.
     *
     * @param door where to
     * @param method the method
     * @param target path and query
     * @param headers headers to add
     * @param body writes the body
     * @return the answer
     * @throws IOException if the connection fails, or ends before an answer
     */
    Answer stream(Door door, String method, String target, Map<String, String> headers, Body body) throws IOException {
        return exchange(door, method, target, headers, Map.of("Transfer-Encoding", "chunked"), out -> {
            body.writeTo(new Chunks(out));
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
    }

    private Answer exchange(
            Door door,
            String method,
            String target,
            Map<String, String> headers,
            Map<String, String> framing,
            Body body)
            throws IOException {
        try (Socket socket = connect(door)) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Map<String, String> all = new LinkedHashMap<>();
            all.put("Host", door.url().getAuthority());
            all.put("Connection", "close");
            all.putAll(door.headers());
            all.putAll(headers);
            all.putAll(framing);
            StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
            all.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try {
                body.writeTo(out);
            } catch (IOException broken) {
                // The server may have answered and closed before it had read everything: its answer counts.
                try {
                    return readAnswer(in, method);
                } catch (IOException none) {
                    broken.addSuppressed(none);
                    throw broken;
                }
            }
            return readAnswer(in, method);
        }
    }

    private Socket connect(Door door) throws IOException {
        Socket plain = new Socket();
        try {
            plain.bind(new InetSocketAddress(source, 0));
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) PATIENCE.toMillis());
            plain.connect(door.address(), (int) PATIENCE.toMillis());
            if (door.tls().isEmpty()) {
                return plain;
            }
            String host = door.url().getHost();
            SSLSocket secure = (SSLSocket) door.tls()
                    .get()
                    .getSocketFactory()
                    .createSocket(plain, host, door.address().getPort(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setServerNames(List.of(new SNIHostName(host)));
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Answer readAnswer(InputStream in, String method) throws IOException {
        int status;
        Map<String, List<String>> headers;
        do {
            String[] first = readLine(in).split(" ", 3);
            if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
                throw new IOException("This is no HTTP answer: " + String.join(" ", first));
            }
            status = Integer.parseInt(first[1]);
            headers = readHeaders(in);
        } while (status == 100);
        return new Answer(status, headers, readBody(in, method, status, headers));
    }

    private static byte[] readBody(InputStream in, String method, int status, Map<String, List<String>> headers)
            throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                int size = Integer.parseInt(readLine(in).split(";", 2)[0].trim(), 16);
                body.write(readFully(in, size));
                readLine(in);
                if (size == 0) {
                    return body.toByteArray();
                }
            }
        }
        List<String> length = headers.getOrDefault("content-length", List.of());
        return length.isEmpty() ? in.readAllBytes() : readFully(in, Integer.parseInt(length.get(0)));
    }

    private static Map<String, List<String>> readHeaders(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            String[] parts = line.split(":", 2);
            headers.computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(parts.length < 2 ? "" : parts[1].trim());
        }
        return headers;
    }

    private static byte[] readFully(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("The body ended after " + bytes.length + " of " + size + " bytes.");
        }
        return bytes;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed" + (line.length() > 0 ? " after: " + line : "."));
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** Frames each write as one chunk. */
    private static final class Chunks extends OutputStream {

        private final OutputStream out;

        Chunks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, offset, length);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }
}
