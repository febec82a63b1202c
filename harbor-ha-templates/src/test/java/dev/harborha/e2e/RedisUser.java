package dev.harborha.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.PythonJudge;
import java.util.Map;

/**
 * A client of Redis that finds its way by a URL alone: Python takes the URL apart, connects, says who it is, and tells what Redis
 * has seen of it.
 */
final class RedisUser implements AutoCloseable {

    private static final String SCRIPT = """
            import re, socket, ssl
            from urllib.parse import urlsplit, unquote
            def read(stream):
                line = stream.readline()[:-2].decode()
                if line[0] == "-":
                    raise ValueError(line)
                return stream.read(int(line[1:]) + 2)[:-2].decode() if line[0] == "$" else line[1:]
            def ask(stream, *words):
                stream.write(b"*%d\\r\\n" % len(words))
                for word in words:
                    data = word.encode("utf-8")
                    stream.write(b"$%d\\r\\n%s\\r\\n" % (len(data), data))
                stream.flush()
                return read(stream)
            def answer(request):
                url = urlsplit(request["url"])
                sock = socket.create_connection((url.hostname, url.port), timeout=10)
                if url.scheme == "rediss":
                    trust = ssl.create_default_context(cadata=request["ca"])
                    sock = trust.wrap_socket(sock, server_hostname=url.hostname)
                elif url.scheme != "redis":
                    raise ValueError(url.scheme)
                with sock, sock.makefile("rwb") as stream:
                    if url.password is not None:
                        user = [unquote(url.username)] if url.username and not request["passwordOnly"] else []
                        ask(stream, "AUTH", *user, unquote(url.password))
                    if url.path:
                        ask(stream, "SELECT", url.path[1:])
                    info = dict(part.split("=", 1) for part in ask(stream, "CLIENT", "INFO").split())
                    return {"user": info["user"], "db": int(info["db"]), "query": url.query}
            """;

    private final PythonJudge python;

    RedisUser() {
        this.python = PythonJudge.start(
                Program.python3()
                        .orElseThrow(() -> Program.missing("There is no python3 with PyYAML."))
                        .toString(),
                SCRIPT);
    }

    /**
     * Goes where a URL leads.
     *
     * @param url the URL
     * @param authority the certificate to trust where it is {@code rediss}
     * @param passwordOnly whether a user in the URL is left out, as Harbor 2.0 does
     * @return {@code user} and {@code db} as Redis knows them, and the {@code query} of the URL; {@code error} if it fails
     */
    JsonNode follow(String url, String authority, boolean passwordOnly) {
        return python.ask(Map.of("url", url, "ca", authority, "passwordOnly", passwordOnly));
    }

    @Override
    public void close() {
        python.close();
    }
}
