package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A load balancer on what was rendered for it, with nothing changed but file-system paths: nginx with its node checker, or
 * HAProxy.
 */
final class LoadBalancerProcess {

    private final Processes processes;
    private final Path machine;
    private final Path folder;
    private final InetSocketAddress address;
    private final InetSocketAddress redirectAddress;
    private final UnaryOperator<ConfigEdit> fault;
    private final boolean haproxy;
    private final RunningProcess process;
    private Runnable restartChecker = () -> {};

    private LoadBalancerProcess(
            Processes processes,
            Path rendered,
            Path folder,
            InetSocketAddress address,
            InetSocketAddress redirectAddress,
            UnaryOperator<ConfigEdit> fault,
            List<String> inside) {
        this.processes = processes;
        this.machine = folder.resolve("machine");
        this.folder = folder;
        this.address = address;
        this.redirectAddress = redirectAddress;
        this.fault = fault;
        this.haproxy = Files.exists(rendered.resolve("etc/haproxy/haproxy.cfg"));
        copy(rendered, machine);
        this.process = haproxy
                ? processes
                        .start(
                                "load-balancer",
                                Map.of(),
                                List.of(
                                        RealProgram.require("haproxy").toString(),
                                        "-W",
                                        "-f",
                                        haproxyConfig().toString()))
                        .awaitListening(address)
                : Nginx.start(processes, "load-balancer", inside, nginxConfig(), "", address);
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
        return new LoadBalancerProcess(processes, rendered, folder, address, redirectAddress, fault, List.of());
    }

    /**
     * Starts nginx on a machine that something has been done to.
     *
     * @param processes who ends it
     * @param rendered the folder {@code lb/<name>} of a written bundle
     * @param folder an existing folder for its logs and temporary files
     * @param address where it listens for clients
     * @param inside a command that executes what is added to it, such as one that mounts something first
     * @return the running load balancer
     */
    static LoadBalancerProcess startInside(
            Processes processes, Path rendered, Path folder, InetSocketAddress address, List<String> inside) {
        return new LoadBalancerProcess(processes, rendered, folder, address, address, UnaryOperator.identity(), inside);
    }

    private Path nginxConfig() {
        ConfigEdit config = fault.apply(ConfigEdit.of(machine.resolve("etc/nginx/nginx.conf")))
                .move("/run/nginx.pid", folder.resolve("nginx.pid"))
                .move("/var/log/nginx", folder)
                .move("/var/lib/harbor-lb", state())
                .move("/etc/nginx/tls", machine.resolve("etc/nginx/tls"));
        Path checker = machine.resolve("usr/local/lib/harbor-lb/check-nodes");
        ConfigEdit.of(checker)
                .move("/etc/nginx/tls", machine.resolve("etc/nginx/tls"))
                .writeTo(checker);
        return Nginx.temporaryFilesIn(config, folder, false).writeTo(folder.resolve("nginx-here.conf"));
    }

    private Path haproxyConfig() {
        return fault.apply(ConfigEdit.of(machine.resolve("etc/haproxy/haproxy.cfg")))
                .replace("^  (daemon)$", "", 1)
                .replace("^  log (/dev/log local0)$", "stdout format raw local0", 1)
                .move("/run/haproxy/admin.sock", folder.resolve("admin.sock"))
                .move("/etc/haproxy/tls", machine.resolve("etc/haproxy/tls"))
                .writeTo(folder.resolve("haproxy-here.cfg"));
    }

    private Path state() {
        return machine.resolve("var/lib/harbor-lb");
    }

    /** Starts the node checker, and what systemd does with what it finds; HAProxy has its own checks. */
    void startChecker() {
        if (haproxy) {
            return;
        }
        Path pid = folder.resolve("nginx.pid");
        Waiting.until("nginx has written " + pid, () -> pid.toFile().length() > 0);
        try {
            Path run = Files.createDirectories(folder.resolve("run"));
            Map<String, String> environment = Map.of(
                    "HARBOR_LB_RUN",
                    run.toString(),
                    "HARBOR_LB_STATE",
                    state().toString(),
                    "HARBOR_LB_RELOAD",
                    "kill -HUP " + Files.readString(pid).strip());
            Path library = machine.resolve("usr/local/lib/harbor-lb");
            Supplier<RunningProcess> start =
                    () -> processes.start("check-nodes", environment, List.of("sh", library + "/check-nodes"));
            AtomicReference<RunningProcess> checker = new AtomicReference<>(start.get());
            restartChecker = () -> {
                checker.get().kill();
                checker.set(start.get());
            };
            processes.start(
                    "apply-nodes",
                    environment,
                    List.of(
                            "sh",
                            "-c",
                            "cd " + run + " && while sleep 0.1; do cmp -s down seen || { cp down seen && sh " + library
                                    + "/apply-nodes; }; done 2> /dev/null"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lays down what was rendered anew, and reads it, as {@code INSTALL.md} says.
     *
     * @param rendered the folder {@code lb/<name>} of another bundle
     */
    void reload(Path rendered) {
        copy(rendered, machine);
        if (haproxy) {
            haproxyConfig();
            process.signal("USR2");
        } else {
            nginxConfig();
            process.signal("HUP");
            restartChecker.run();
        }
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

    /** Returns what it keeps of requests and answers in files, in bytes. */
    long bytesOnDisk() {
        return process.bytesOfRemovedFiles();
    }

    /** Returns the program itself. */
    RunningProcess process() {
        return process;
    }

    /** Returns how much memory all its processes have, in bytes. */
    long residentMemory() {
        return process.residentMemory();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
