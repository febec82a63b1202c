package dev.harborha.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Does to a node's tree what Harbor 0.5's {@code prepare} does, for the files that a running node here needs: it reads
 * {@code harbor.cfg} by the same rules and substitutes with Python's own {@code string.Template}, so that an undefined
 * name, a lone {@code $} or a missing setting fails as it would there.
 *
 * <p>Harbor's own script is for Python 2, which machines of today do not have.
 */
final class Prepare05 {

    private static final String SCRIPT = """
            import configparser, os, shutil, sys
            from string import Template

            make, data = sys.argv[1], sys.argv[2]
            # Python 2 cut a value at a semicolon behind a blank.
            cfg = configparser.RawConfigParser(inline_comment_prefixes=(";",), strict=False)
            with open(os.path.join(make, "harbor.cfg"), encoding="utf-8") as f:
                cfg.read_string("[configuration]\\n" + f.read())
            get = lambda key: cfg.get("configuration", key)

            for key in ("email_identity email_server email_server_port email_username email_password email_from email_ssl "
                        "crt_country crt_state crt_location crt_organization crt_organizationalunit crt_commonname "
                        "crt_email").split():
                get(key)
            if get("ui_url_protocol") == "https":
                raise Exception("TLS must end at the load balancer")
            if get("project_creation_restriction") not in ("everyone", "adminonly"):
                raise Exception("project_creation_restriction")
            if get("customize_crt") == "on":
                raise Exception("prepare would draw a key pair of this node's own")
            with open(os.path.join(data, "secretkey"), newline="") as f:
                secret_key = f.read()
            if len(secret_key) != 16:
                raise Exception("secretkey has %d characters" % len(secret_key))

            values = dict((key, get(key)) for key in (
                "hostname db_password auth_mode harbor_admin_password ldap_url ldap_basedn ldap_uid ldap_scope "
                "self_registration use_compressed_js verify_remote_cert project_creation_restriction "
                "token_expiration max_job_workers").split())
            values["ldap_searchdn"] = values["ldap_search_pwd"] = values["ldap_filter"] = ""
            if cfg.has_option("configuration", "ldap_searchdn"):
                values["ldap_searchdn"], values["ldap_search_pwd"] = get("ldap_searchdn"), get("ldap_search_pwd")
            if cfg.has_option("configuration", "ldap_filter"):
                values["ldap_filter"] = get("ldap_filter")
            values["ui_url"] = "http://" + values["hostname"]
            values["ui_secret"] = "0123456789abcdef"
            values["secret_key"] = secret_key

            ui = ("hostname db_password ui_url auth_mode harbor_admin_password ldap_url ldap_searchdn ldap_search_pwd "
                  "ldap_basedn ldap_filter ldap_uid ldap_scope self_registration use_compressed_js ui_secret secret_key "
                  "verify_remote_cert project_creation_restriction token_expiration").split()
            jobservice = "db_password ui_secret max_job_workers secret_key ui_url verify_remote_cert".split()
            templates, config = os.path.join(make, "common", "templates"), os.path.join(make, "common", "config")

            def target(name):
                path = os.path.join(config, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                return path

            def render(source, name, keys):
                with open(os.path.join(templates, source), encoding="utf-8", newline="") as f:
                    text = Template(f.read()).substitute(dict((key, values[key]) for key in keys))
                with open(target(name), "w", encoding="utf-8", newline="") as f:
                    f.write(text)

            render("nginx/nginx.http.conf", "nginx/nginx.conf", [])
            render("ui/env", "ui/env", ui)
            render("jobservice/env", "jobservice/env", jobservice)
            render("registry/config.yml", "registry/config.yml", ["ui_url"])
            shutil.copyfile(os.path.join(templates, "ui", "private_key.pem"), target("ui/private_key.pem"))
            shutil.copyfile(os.path.join(templates, "registry", "root.crt"), target("registry/root.crt"))
            """;

    private Prepare05() {}

    /**
     * Copies a rendered node to its machine and prepares it there.
     *
     * @param rendered the folder {@code nodes/<name>} of a written bundle
     * @param machine an empty folder that stands for the node's machine
     * @return the folder {@code common/config} on that machine
     */
    static Path run(Path rendered, Path machine) {
        copy(rendered, machine);
        List<String> command = List.of(
                RealProgram.require("python3").toString(),
                "-c",
                SCRIPT,
                machine.resolve("make").toString(),
                machine.resolve("data").toString());
        try (RunningProcess python = RunningProcess.start("prepare", machine, Map.of("LC_ALL", "C.UTF-8"), command)) {
            int status = python.awaitEnd();
            if (status != 0) {
                throw new AssertionError("prepare ended with status " + status + ":\n" + python.log());
            }
        }
        return machine.resolve("make/common/config");
    }

    /**
     * Reads a file of variables as docker does.
     *
     * @param file the file
     * @return the variables
     */
    static Map<String, String> environment(Path file) {
        Map<String, String> variables = new HashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("=", 2))
                    .forEach(pair -> variables.put(pair[0], pair.length < 2 ? "" : pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
