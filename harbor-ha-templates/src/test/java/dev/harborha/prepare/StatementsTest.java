package dev.harborha.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {

    private static final String APP_CONF = "common/config/core/app.conf";
    private static final String RSYSLOG = "common/config/log/rsyslog_docker.conf";
    private static final String LOGROTATE = "common/config/log/logrotate.conf";

    private static final String LOGGED = """
            # Rsyslog configuration file for docker.

            template(name="DynaFile" type="string" string="/var/log/docker/%programname%.log")

            if $programname != "rsyslogd" then {
            	action(type="omfile" dynaFile="DynaFile")
            }
            """;

    @Test
    void readsEnvFilesAsTheirReadersDo() {
        Statements statements = Statements.ignoring("CORE_SECRET");
        assertThat(statements.of(
                        Map.of("common/config/core/env", "A=x $y\nNO_PROXY=b,a,b\nCORE_SECRET=one\n"), EnvReader.RAW))
                .isEqualTo(statements.of(
                        Map.of("common/config/core/env", "CORE_SECRET=\"two\"\nNO_PROXY=\"a,b\"\nA=\"x \\$y\"\n"),
                        EnvReader.COMPOSE))
                .isEqualTo(Map.of(
                        "common/config/core/env: A", "x $y",
                        "common/config/core/env: NO_PROXY", "a,b",
                        "common/config/core/env: CORE_SECRET", Statements.IGNORED));
    }

    @Test
    void ignoresValuesOnly() {
        assertThat(Statements.ignoring("common/config/core/env: A")
                        .of(
                                Map.of("common/config/core/env", "A=1\n", "common/config/jobservice/env", "A=1\n"),
                                EnvReader.RAW))
                .isEqualTo(Map.of(
                        "common/config/core/env: A", Statements.IGNORED, "common/config/jobservice/env: A", "1"));
    }

    @Test
    void comparesJsonByItsMeaning() {
        assertThat(Compared.texts(
                        "common/config/core/env",
                        "TRACE_ATTRIBUTES={\"b\": 1, \"a\": [true]}\nADDRESS=[::1]:80\nDB_PASSWORD={\"a\": 1}",
                        "TRACE_ATTRIBUTES={\"a\":[true],\"b\":1}\nADDRESS=[::1]:80\nDB_PASSWORD={\"a\":1}"))
                .containsExactly("DB_PASSWORD: {\"a\": 1}, {\"a\":1}");
        assertThat(Compared.texts("core/env", "TRACE_ATTRIBUTES={\"a\": 1}", "TRACE_ATTRIBUTES={\"a\": 2}"))
                .containsExactly("TRACE_ATTRIBUTES: {\"a\":1}, {\"a\":2}");
    }

    @Test
    void readsSections() {
        assertThat(Compared.texts(
                        APP_CONF,
                        "appname = Harbor\nrunmode=prod\n\n[prod]\nhttpport = 8080\n",
                        "RunMode = \"prod\" \n# x\n; y\nappname=Harbor\n[ prod ]\nhttpport=8443\nlog = a=b\n"))
                .containsExactly("prod.httpport: 8080, 8443", "prod.log: -, a=b");
        assertThatThrownBy(() -> Compared.texts(APP_CONF, "appname", ""))
                .hasMessage(APP_CONF + ": neither a section nor a setting: appname");
    }

    @Test
    void readsRsyslog() {
        assertThat(
                        Compared.texts(
                                RSYSLOG,
                                LOGGED,
                                "template(type=\"string\" name=\"DynaFile\"\n  string=\"/var/log/docker/%programname%.log\") # all\n"
                                        + "if  $programname != \"rsyslogd\"  then\n{ action(type=\"omfile\" DynaFile=\"DynaFile\") }"))
                .isEmpty();
        assertThat(Compared.texts(RSYSLOG, LOGGED, LOGGED.replace("dynaFile=\"DynaFile\"", "dynaFile=\"{#})\"")))
                .containsExactly("if $programname != \"rsyslogd\"/action[omfile].dynafile: DynaFile, {#})");
        assertThat(Compared.texts(RSYSLOG, LOGGED, LOGGED + "*.*  /var/log/all\n"))
                .containsExactly("*.* /var/log/all: -, present");
        assertThat(Compared.texts(RSYSLOG, LOGGED, LOGGED.replace("!=", "==")))
                .contains("if $programname == \"rsyslogd\"/action[omfile].type: -, omfile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"if $a == 1 then {", "}"})
    void refusesBracesThatDoNotMatch(String text) {
        assertThatThrownBy(() -> Compared.texts(RSYSLOG, text, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Compared.texts(LOGROTATE, text, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsLogrotate() {
        assertThat(Compared.texts(
                        LOGROTATE,
                        "/var/log/docker/*.log {\n        rotate 50\n        compress\n        size 200M\n}",
                        "# A comment\n/var/log/docker/*.log {\n  size 100M\n  rotate 50\n}\nweekly\n"))
                .containsExactly(
                        "/var/log/docker/*.log/compress: present, -",
                        "/var/log/docker/*.log/size: 200M, 100M",
                        "weekly: -, present");
    }

    @Test
    void comparesPasswordsByUserAndCost() {
        String salted = ".".repeat(53);
        assertThat(Compared.texts(
                        "common/config/registry/passwd",
                        "a:$2y$05$" + salted + "\nb:$2y$05$" + salted + "\n",
                        "a:$2b$05$" + "/".repeat(53) + "\nb:$2y$12$" + salted + "\nc:plain\n"))
                .containsExactly("b: bcrypt, cost 5, bcrypt, cost 12", "c: -, plain");
    }

    @Test
    void comparesOtherFilesByTheirText() {
        assertThat(Compared.texts("data/secret/core/private_key.pem", "a\n", "b\n"))
                .containsExactly("content: a\n, b\n");
    }

    @Test
    void missesAFile() {
        assertThat(Statements.ignoring().of(Map.of("common/config/db/env", "A=1\n"), EnvReader.RAW))
                .containsOnlyKeys("common/config/db/env: A");
    }

    @Test
    void namesTheFileThatIsRefused() {
        assertThatThrownBy(() -> Statements.ignoring().of(Map.of("common/config/core/env", "A"), EnvReader.RAW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("common/config/core/env: no \"=\": A");
    }
}
