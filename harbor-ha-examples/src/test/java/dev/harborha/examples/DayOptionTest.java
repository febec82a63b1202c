package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.ClusterKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayOptionTest {

    /** Valid for 3650 days, from the day before it is drawn. */
    private static final ClusterKeys KEYS = ClusterKeys.generate(2048);

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void aBalancerWithACertificate() {
        file = folder.resolve("cluster.yaml");
        TextFiles.write(folder.resolve("lb.crt"), KEYS.tokenCertificate());
        TextFiles.write(folder.resolve("lb.key"), KEYS.tokenKey().reveal());
        String sample = Run.of("init").out();
        String balancer = "- nginx: \"10.0.0.10\"";
        assertThat(sample).contains(balancer);
        TextFiles.write(
                file,
                sample.replace(
                        balancer,
                        balancer + "\n    certificate:\n      pem: \"file:lb.crt\"\n      keyPem: \"file:lb.key\""));
    }

    @Test
    void certificatesAreJudgedByTodayUnlessAnotherDayIsGiven() {
        LocalDate end = LocalDate.now(ZoneOffset.UTC).plusDays(3649);
        assertThat(Run.of("check", file).out()).doesNotContain("tls.expire");
        Run later = Run.of("check", file, "--on", end.plusDays(2));
        assertThat(later.code()).isEqualTo(ExitCode.ERROR_FINDINGS);
        assertThat(later.out()).contains("tls.expired", "and the day is " + end.plusDays(2) + ".");
        assertThat(Run.of("check", file, "--on=" + end.minusDays(5)).out()).contains("tls.expires-soon");
    }

    @Test
    void nothingIsRenderedWithACertificateThatIsNotValidOnThatDay() {
        Path out = folder.resolve("out");
        Run render = Run.of("render", file, "-o", out, "--on", "2000-02-29");
        assertThat(render.code()).isEqualTo(ExitCode.ERROR_FINDINGS);
        assertThat(render.err() + render.out()).contains("tls.expired", "and the day is 2000-02-29.");
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void whatIsNoDayIsRefused() {
        for (String text : new String[] {"tomorrow", "2026-02-30", "24.11.2026", ""}) {
            Run check = Run.of("check", file, "--on", text);
            assertThat(check.code()).isEqualTo(ExitCode.WRONG_INPUT);
            assertThat(check.err())
                    .contains("\"" + text + "\" is no day; write year, month and day, as in 2027-01-31.")
                    .doesNotContain("Exception");
        }
    }
}
