package dev.harborha.e2e;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** nginx on the rendered configuration of the load balancer, with nothing changed but file-system paths. */
final class LoadBalancerProcess {

    private final InetSocketAddress address;
    private final InetSocketAddress redirectAddress;
    private final Path folder;

    private LoadBalancerProcess(InetSocketAddress address, InetSocketAddress redirectAddress, Path folder) {
        this.address = address;
        this.redirectAddress = redirectAddress;
        this.folder = folder;
    }

    /**
     * Starts the load balancer.
     *
     * @param processes who ends it
     * @param rendered the folder {@code lb/<name>} of a written bundle, with its certificate
     * @param folder an existing folder for its logs and temporary files
     * @param address where it listens for clients
     * @param redirectAddress where it listens for plain http
     * @param fault a change that breaks it on purpose
     * @return the running load balancer
     */
    static LoadBalancerProcess start(
            Processes processes,
            Path rendered,
            Path folder,
            InetSocketAddress address,
            InetSocketAddress redirectAddress,
            UnaryOperator<ConfigEdit> fault) {
        Path tls = rendered.resolve("etc/nginx/tls");
        int certificates = Files.exists(tls) ? 1 : 0;
        ConfigEdit config = fault.apply(ConfigEdit.of(rendered.resolve("etc/nginx/nginx.conf")))
                .replace("^\\s*pid\\s+(/run/nginx\\.pid);$", folder + "/nginx.pid", 1)
                .replace("^\\s*error_log\\s+(/var/log/nginx/error\\.log)[ ;].*$", folder + "/error.log", 1)
                .replace("^\\s*access_log\\s+(/var/log/nginx/access\\.log)[ ;].*$", folder + "/access.log", 1)
                .replace(
                        "^\\s*include\\s+(/var/lib/harbor-lb/upstream\\.conf);$",
                        rendered.resolve("var/lib/harbor-lb/upstream.conf").toString(),
                        1)
                .replace("^\\s*ssl_certificate\\s+(/etc/nginx/tls/harbor\\.crt);$", tls + "/harbor.crt", certificates)
                .replace(
                        "^\\s*ssl_certificate_key\\s+(/etc/nginx/tls/harbor\\.key);$",
                        tls + "/harbor.key",
                        certificates);
        Path here = Nginx.temporaryFilesIn(config, folder, false).writeTo(folder.resolve("nginx-here.conf"));
        Nginx.start(processes, "load-balancer", here, "", address);
        return new LoadBalancerProcess(address, redirectAddress, folder);
    }

    /**
     * Makes the door for clients.
     *
     * @param publicUrl the public URL
     * @param trust whom they trust
     * @return the door
     */
    Door door(URI publicUrl, SSLContext trust) {
        return Door.https(address, publicUrl, trust);
    }

    /**
     * Makes the door for what reaches this load balancer without TLS.
     *
     * @param publicUrl the public URL
     * @return the door
     */
    Door door(URI publicUrl) {
        return Door.http(address, publicUrl);
    }

    /**
     * Makes the door for clients that forgot the s of https.
     *
     * @param url the URL that they typed
     * @return the door
     */
    Door plainDoor(URI url) {
        return Door.http(redirectAddress, url);
    }

    /**
     * Tells what went wrong so far.
     *
     * @return the lines of the error log
     */
    List<String> errors() {
        return Nginx.lines(folder.resolve("error.log"));
    }
}
