package dev.harborha.templates.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.model.Cluster;
import dev.harborha.model.Node;
import dev.harborha.model.SharedFilesystem;
import dev.harborha.render.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of {@code INSTALL.md} fit the files of Harbor 0.5.0. */
class InstallCommandsTest {

    private static final Map<String, Cluster> CLUSTERS =
            Scenarios.all(TestKeys.certificate(), TestKeys.certificateKey());

    @TempDir
    Path folder;

    static Set<String> names() {
        return CLUSTERS.keySet();
    }

    private static List<String> commands(Bundle bundle, String begin) {
        return bundle.get("INSTALL.md")
                .orElseThrow()
                .content()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(begin))
                .toList();
    }

    private static Program.Result shell(Path folder, String command) {
        return Program.run(folder, Map.of(), List.of("/bin/sh", "-e", "-c", command))
                .succeeded();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyChangeFitsTheComposeFile(String name) throws IOException {
        Cluster cluster = CLUSTERS.get(name);
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        Node node = cluster.nodes().get(0);
        Path make = HarborCheckout.of(folder, bundle, node.name()).make();
        Path compose = Files.copy(make.resolve("docker-compose.tpl"), make.resolve("docker-compose.yml"));
        for (String command : commands(bundle, "sed -i")) {
            // A port is changed on the nodes that have it, each once.
            if (!command.contains("- 80:80") || command.contains("|- " + cluster.portOf(node) + ":80|'")) {
                String before = Files.readString(compose);
                shell(make, command);
                assertThat(Files.readString(compose)).as(command).isNotEqualTo(before);
            }
        }
        Map<String, Object> services = section(NodeFiles.yaml(Files.readString(compose)), "services");
        assertThat(texts(section(services, "proxy").get("ports"))).contains(cluster.portOf(node) + ":80");
        assertThat(texts(section(services, "log").get("ports"))).containsExactly("127.0.0.1:1514:514");
        assertThat(section(services, "jobservice").containsKey("ports"))
                .isEqualTo(cluster.jobserviceNode().isPresent());
        String storage = cluster.storage() instanceof SharedFilesystem share
                ? share.path().text()
                : "/data/registry";
        assertThat(texts(section(services, "registry").get("volumes"))).contains(storage + ":/storage");
        // What the proxy needs, and so all that "up proxy" starts.
        assertThat(started(services, "proxy", new ArrayList<>()))
                .containsExactlyInAnyOrder("proxy", "mysql", "registry", "ui", "log");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSchemaIsLoadedIntoTheClustersDatabase(String name) throws IOException {
        Cluster cluster = CLUSTERS.get(name);
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        Path make =
                HarborCheckout.of(folder, bundle, cluster.nodes().get(0).name()).make();
        List<String> commands = bundle.get("INSTALL.md")
                .orElseThrow()
                .content()
                .lines()
                .filter(line -> line.contains("mysql -h"))
                .toList();
        assertThat(commands).hasSize(1);
        shell(
                make.getParent(),
                "mysql() { cat > loaded.sql; for word; do printf '%s\\n' \"$word\"; done > words; }\n"
                        + commands.get(0));
        assertThat(Files.readAllLines(make.resolveSibling("words")))
                .containsExactly(
                        "-h",
                        cluster.database().address().host().text(),
                        "-P",
                        Integer.toString(cluster.database().address().port()),
                        "-u",
                        cluster.database().username(),
                        "-p");
        List<String> loaded = Files.readAllLines(make.resolveSibling("loaded.sql"));
        List<String> original = Files.readAllLines(make.resolve("common/db/registry.sql"));
        String database = cluster.database().name().equals("registry") ? "registry" : "`harbor_prod`";
        assertThat(loaded.subList(0, 4))
                .containsExactly(
                        "drop database if exists " + database + ";",
                        "create database " + database + " charset = utf8;",
                        "",
                        "use " + database + ";");
        assertThat(loaded.subList(4, loaded.size())).isEqualTo(original.subList(4, original.size()));
    }

    /** docker-compose itself reads the prepared environment with the changed compose file. */
    @ParameterizedTest
    @MethodSource("names")
    void dockerComposeTakesThePreparedNode(String name) throws IOException {
        Path program = Program.require("docker-compose");
        Cluster cluster = CLUSTERS.get(name);
        Bundle bundle = TestKeys.HARBOR.render(cluster, TestKeys.KEYS);
        HarborCheckout checkout =
                HarborCheckout.of(folder, bundle, cluster.nodes().get(0).name());
        Map<String, String> written = checkout.prepare();
        Files.copy(
                checkout.make().resolve("docker-compose.tpl"), checkout.make().resolve("docker-compose.yml"));
        for (String command : commands(bundle, "sed -i")) {
            shell(checkout.make(), command);
        }
        Program.Result result = Program.run(checkout.make(), Map.of(), List.of(program.toString(), "config"))
                .succeeded();
        Map<String, Object> services = section(NodeFiles.yaml(result.output()), "services");
        for (String service : new String[] {"ui", "jobservice"}) {
            assertThat(section(section(services, service), "environment"))
                    .isEqualTo(EnvReaders.raw(written.get(service + "/env")));
        }
    }

    private static List<String> started(Map<String, Object> services, String name, List<String> started) {
        if (!started.contains(name)) {
            started.add(name);
            Object needed = section(services, name).get("depends_on");
            if (needed != null) {
                texts(needed).forEach(other -> started(services, other, started));
            }
        }
        return started;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Object tree, String name) {
        return (Map<String, Object>) ((Map<String, Object>) tree).get(name);
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }
}
