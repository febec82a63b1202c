package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeStatementsTest {

    private static final String FILE = "docker-compose.yml";

    private static final String SHORT = """
            services:
              core:
                image: core:1
                volumes:
                  - /data/:/data/:z
                  - ./env:/etc/env:ro
                  - cache:/cache
                ports:
                  - 127.0.0.1:1514:10514
                  - 80:8080
                  - 53:53/udp
                networks: [harbor]
                depends_on: [log, redis]
                cap_add: [SETUID, CHOWN]
                env_file: ./core/env
                environment: [A=1, B=x=y]
            networks:
              harbor: {external: false}
            """;

    private static final String LONG = """
            services:
              core:
                environment: {B: x=y, A: "1"}
                env_file: [./core/env]
                cap_add: [CHOWN, SETUID]
                depends_on: {redis: {condition: service_started}, log: {}}
                networks: {harbor: }
                ports:
                  - {target: 53, published: 53, protocol: udp}
                  - {target: 8080, published: "80"}
                  - {target: 10514, published: 1514, host_ip: 127.0.0.1, protocol: tcp}
                volumes:
                  - {type: volume, source: cache, target: /cache}
                  - {type: bind, source: ./env, target: /etc/env, read_only: true}
                  - {type: bind, source: /data, target: /data, bind: {selinux: z}}
                image: core:1
            networks: {harbor: {external: no}}
            """;

    @Test
    void readsShortForms() {
        assertThat(Statements.ignoring().of(Map.of(FILE, SHORT), EnvReader.RAW))
                .containsEntry(FILE + ": services.core.volumes[/data]", "/data -> /data")
                .containsEntry(FILE + ": services.core.volumes[/etc/env]", "./env -> /etc/env")
                .containsEntry(FILE + ": services.core.volumes[/etc/env].read_only", "!bool true")
                .containsEntry(FILE + ": services.core.ports[10514]", "127.0.0.1:1514:10514")
                .containsEntry(FILE + ": services.core.depends_on[log]", "present")
                .containsEntry(FILE + ": services.core.env_file[./core/env]", "present")
                .containsEntry(FILE + ": services.core.environment.B", "x=y")
                .containsEntry(FILE + ": networks.harbor.external", "!bool false");
    }

    @Test
    void readsLongFormsAlike() {
        assertThat(Compared.texts(FILE, SHORT, LONG)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            core:1              | core:2              | image: core:1, core:2
            /data/:/data/       | /srv/:/data/        | volumes[/data]: /data -> /data, /srv -> /data
            :/etc/env:ro        | :/etc/env           | volumes[/etc/env].read_only: !bool true, -
            /data/:z            | /data/:z,rslave     | volumes[/data].option.rslave: -, present
            127.0.0.1:1514      | 1514                | ports[10514]: 127.0.0.1:1514:10514, 1514:10514
            80:8080             | 81:8080             | ports[8080]: 80:8080, 81:8080
            [log, redis]        | [log]               | depends_on[redis]: present, -
            [log, redis]        | {log: , redis: {condition: service_healthy}} | depends_on[redis].condition: -, service_healthy
            [harbor]            | {harbor: {aliases: [a]}} | networks[harbor].aliases[a]: -, present
            [SETUID, CHOWN]     | [SETUID, CHOWN, NET_RAW] | cap_add[NET_RAW]: -, present
            A=1                 | A=2                 | environment.A: 1, 2
            """)
    void findsWhatDiffers(String theirs, String ours, String difference) {
        assertThat(SHORT).contains(theirs);
        assertThat(Compared.texts(FILE, SHORT, SHORT.replace(theirs, ours)))
                .containsExactly("services.core." + difference);
    }

    @Test
    void keepsTwoOfAKind() {
        assertThat(Compared.texts(
                        FILE,
                        "services: {a: {ports: ['80:8080', '81:8080']}}",
                        "services: {a: {ports: ['81:8080', '82:8080']}}"))
                .containsExactly(
                        "services.a.ports[8080]: 80:8080, 81:8080", "services.a.ports[8080]#2: 81:8080, 82:8080");
    }

    @Test
    void refusesAVolumeThatIsNone() {
        assertThatThrownBy(() -> Compared.texts(FILE, "services: {a: {volumes: ['/a:b:c:d']}}", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(FILE + ": not a volume: /a:b:c:d");
    }
}
