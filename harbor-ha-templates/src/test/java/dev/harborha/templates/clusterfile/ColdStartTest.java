package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command that reads a cluster file has to load: every class costs time at its start. */
class ColdStartTest {

    @TempDir
    Path folder;

    @Test
    void neitherDatabindNorCommonsTextIsLoadedForASoundFile() throws Exception {
        List<String> output = run(Sample.TEXT);

        assertThat(output).contains("adminPassword: \"env:ADMIN\"");
        assertThat(loaded(output, "dev.harborha.templates.")).isNotEmpty();
        assertThat(loaded(output, "com.fasterxml.jackson.databind.")).isEmpty();
        assertThat(loaded(output, "org.apache.commons.")).isEmpty();
    }

    @Test
    void commonsTextIsLoadedOnceAKeyIsUnknown() throws Exception {
        List<String> output = run(Sample.and("wavers: []\n"));

        assertThat(output).anyMatch(line -> line.endsWith("Unknown key \"wavers\". Did you mean \"waivers\"?"));
        assertThat(loaded(output, "org.apache.commons.text.similarity.")).isNotEmpty();
        assertThat(loaded(output, "com.fasterxml.jackson.databind.")).isEmpty();
    }

    private List<String> run(String yaml) throws Exception {
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, yaml);
        return ChildProgram.run(file);
    }

    private static List<String> loaded(List<String> output, String prefix) {
        return output.stream()
                .filter(line -> line.contains("[class,load]") && line.contains(" " + prefix))
                .toList();
    }
}
