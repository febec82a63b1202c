package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@link Containers} put together what compose and Docker put together. */
class ContainersTest {

    private static final String BASE = """
            services:
              core:
                image: goharbor/core:v1
                env_file: [./core/env]
                volumes:
                  - ./core:/etc/core:z
                  - type: bind
                    source: /data/key
                    target: /etc/core/key
                    read_only: true
                  - /data/logs:/logs
              log:
                image: goharbor/log:v1
            """;

    private static SortedMap<String, String> machine(String override) {
        SortedMap<String, String> machine = new TreeMap<>(Map.of(
                "/opt/harbor/docker-compose.yml", BASE,
                "/opt/harbor/core/env", "A=from file\nB=\"b $$\"\n",
                "/opt/harbor/core/app.conf", "httpport = 8080\n",
                "/opt/harbor/core/key", "hidden",
                "/opt/harbor/own/app.conf", "httpport = 8443\n",
                "/data/key", "key",
                "/data/keys", "of another name"));
        if (!override.isEmpty()) {
            machine.put("/opt/harbor/docker-compose.override.yml", override);
        }
        return machine;
    }

    private static Containers containers(String override) {
        return Containers.of(machine(override), "/opt/harbor", EnvReader.COMPOSE);
    }

    @Test
    void whatIsMountedDeeperLiesOverTheRest() {
        Containers containers = containers("");
        assertThat(containers.files())
                .containsOnly(
                        Map.entry("core/etc/core/env", "A=from file\nB=\"b $$\"\n"),
                        Map.entry("core/etc/core/app.conf", "httpport = 8080\n"),
                        Map.entry("core/etc/core/key", "key"));
        assertThat(containers.environments()).isEqualTo(Map.of("core", Map.of("A", "from file", "B", "b $")));
        assertThat(containers.settings())
                .containsOnly(
                        Map.entry("docker-compose.yml: services.core.image", "goharbor/core:v1"),
                        Map.entry("docker-compose.yml: services.core.volumes[/etc/core/key].read_only", "!bool true"),
                        Map.entry("core mount: /logs", "/data/logs"),
                        Map.entry("docker-compose.yml: services.log.image", "goharbor/log:v1"));
    }

    @Test
    void theOverrideWins() {
        Containers containers = containers("""
                services:
                  core:
                    image: mirror/core
                    environment: {B: "$$x", C: "new"}
                    volumes:
                      - ./own/app.conf:/etc/core/app.conf
                      - /data/key:/etc/core/key
                      - /mnt/logs:/logs
                """);
        assertThat(containers.environments())
                .isEqualTo(Map.of("core", Map.of("A", "from file", "B", "$x", "C", "new")));
        assertThat(containers.files()).containsEntry("core/etc/core/app.conf", "httpport = 8443\n");
        assertThat(containers.settings())
                .containsEntry("docker-compose.yml: services.core.image", "mirror/core")
                .containsEntry("core mount: /logs", "/mnt/logs")
                .doesNotContainKey("docker-compose.yml: services.core.volumes[/etc/core/key].read_only");
        assertThat(containers.statements())
                .containsEntry("core environment: C", "new")
                .containsEntry("core/etc/core/app.conf: httpport", "8443")
                .containsEntry("core/etc/core/key: content", "key");
    }

    @Test
    void whatComposeRefusesIsRefused() {
        assertThatThrownBy(() -> containers("{services: {core: {environment: {A: \"$x\"}}}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compose would look for a variable: $x");
        assertThatThrownBy(() -> containers("{services: {log: {env_file: [./log/env]}}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no env file /opt/harbor/log/env.");
    }
}
