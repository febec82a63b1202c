package dev.harborha.templates.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.templates.rendering.Program;
import dev.harborha.templates.rendering.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program nginx as a judge of configurations; what it would touch on this machine lies in a folder of the test. */
public final class NginxItself {

    private static final Path MODULES = Path.of("/usr/lib/nginx/modules");
    private static final String UPSTREAM = "/var/lib/harbor-lb/upstream\\.conf";

    private final Path folder;

    /** Makes a judge that works in an empty folder. */
    public NginxItself(Path folder) {
        this.folder = folder;
    }

    /** Asks nginx whether the configuration of a load balancer is right, together with its upstream. */
    public void accepts(String config, String upstream) throws IOException {
        accepts(with(config, "include", put("upstream.conf", upstream), UPSTREAM));
    }

    /** Writes a configuration whose files and logs are in the folder; each place that is changed has to be there. */
    public Path write(String config) throws IOException {
        String edited = config;
        if (config.contains("ssl_certificate")) {
            edited = with(edited, "ssl_certificate", put("tls.crt", TestKeys.certificate()));
            edited = with(
                    edited,
                    "ssl_certificate_key",
                    put("tls.key", TestKeys.certificateKey().reveal()));
        }
        if (config.contains("proxy_ssl_trusted_certificate")) {
            edited = with(edited, "proxy_ssl_trusted_certificate", put("ca.crt", TestKeys.certificate()));
        }
        for (String log : new String[] {"pid", "error_log", "access_log"}) {
            edited = edited.replaceAll(
                    "(?m)(?<=^ {0,8}" + log + " )/[^; ]+", folder.resolve(log).toString());
        }
        StringBuilder temporary = new StringBuilder("http {\n");
        for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporary
                    .append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append(";\n");
        }
        if (config.contains("/etc/nginx/modules-enabled/") && Files.isDirectory(MODULES)) {
            // Debian's files name modules below the prefix, which is the folder here.
            Files.deleteIfExists(folder.resolve("modules"));
            Files.createSymbolicLink(folder.resolve("modules"), MODULES);
        }
        return put("nginx.conf", once(edited, "(?m)^http \\{\n", temporary.toString()));
    }

    private Path put(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String with(String config, String directive, Path path) {
        return with(config, directive, path, "/[^; ]+");
    }

    private static String with(String config, String directive, Path path, String place) {
        return once(config, "(?m)(?<=^ {0,8}" + directive + " )" + place, path.toString());
    }

    /** Replaces what a pattern finds, which has to be once. */
    public static String once(String text, String regex, String replacement) {
        Matcher found = Pattern.compile(regex).matcher(text);
        assertThat(found.results().count()).as(regex).isOne();
        return found.replaceFirst(Matcher.quoteReplacement(replacement));
    }

    /** Asks nginx whether a configuration is right: no error and no warning. */
    public void accepts(String config) throws IOException {
        Program.Result result = test(write(config));
        if (result.output().contains("(97: ")) {
            throw Program.missing("This machine has no IPv6.");
        }
        assertThat(result.output()).as(config).contains("test is successful").doesNotContain("[warn]");
        result.succeeded();
    }

    /** Returns what nginx says to a configuration file; ports and users are those of root. */
    public Program.Result test(Path file) {
        List<String> command = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of(Program.require("unshare").toString(), "--map-root-user", "--net"));
        }
        command.addAll(List.of(
                Program.require("nginx").toString(),
                "-t",
                "-p",
                folder.toString(),
                "-e",
                "stderr",
                "-c",
                file.toString()));
        return Program.run(folder, Map.of(), command);
    }
}
