package dev.harborha.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harborha.HarborHa;
import dev.harborha.audit.BundleRule;
import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.ModelPath;
import dev.harborha.secret.Secret;
import dev.harborha.templates.clusterfile.ClusterFile;
import dev.harborha.validation.Problem;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderCommandTest {

    /** 21 of each node, 7 of the load balancer, and the guide. */
    static final int FILES = 50;

    @TempDir
    Path folder;

    private Path file;
    private Path out;

    @BeforeEach
    void sample() {
        file = Run.sample(folder);
        out = folder.resolve("out");
    }

    @Test
    void theSampleRendersAsItStands() throws IOException {
        Run render = Run.of("render", file, "-o", out);
        assertThat(render.code()).isZero();
        assertThat(render.out()).contains("WARNING secret.in-clear").doesNotContain("Rendered");
        assertThat(render.err())
                .isEqualTo("Rendered " + FILES + " files to " + out + " with the keys in " + folder.resolve("keys")
                        + ". Go on with " + out.resolve("INSTALL.md") + ".\n");

        Map<String, String> tree = TextFiles.tree(out);
        assertThat(tree).hasSize(FILES + 1).containsKeys("INSTALL.md", "lb/lb-1/etc/nginx/nginx.conf");
        for (String node : new String[] {"harbor-1", "harbor-2"}) {
            String key = "nodes/" + node + "/data/secret/core/private_key.pem";
            assertThat(tree).containsEntry(key, SampleKeys.KEYS.tokenKey().reveal());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(key))))
                    .isEqualTo("rw-------");
        }

        assertThat(Run.of("render", file, "--output", out).code()).isZero();
        assertThat(TextFiles.tree(out)).isEqualTo(tree);
    }

    @Test
    void keysAreMadeBesideTheClusterFileAndTheirPathIsSaid() {
        Path other = folder.resolve("other.yaml");
        Path keys = folder.resolve("sub").resolve("keys2");
        TextFiles.write(other, TextFiles.read(file));

        Run first = Run.of("render", other, "-o", out, "--keys", keys);
        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("Made the key store " + keys);
        ClusterKeys made = ClusterKeys.load(keys);
        assertThat(made).isNotEqualTo(SampleKeys.KEYS);

        assertThat(first.err()).doesNotContain("was rendered before");

        Run again = Run.of("render", other, "-o", out, "--keys", keys);
        assertThat(again.err()).doesNotContain("Made");
        assertThat(ClusterKeys.load(keys)).isEqualTo(made);
        assertThat(KeysFolder.beside(Path.of("cluster.yaml")).path()).isEqualTo(Path.of("keys"));
        assertThat(KeysFolder.beside(Path.of("a/cluster.yaml")).path()).isEqualTo(Path.of("a/keys"));
    }

    @Test
    void newKeysForAClusterThatHasSomeAreAnnounced() {
        Run.of("render", file, "-o", out);
        Run run = Run.of("render", file, "-o", out, "--keys", folder.resolve("elsewhere"));
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("Made the key store", out + " was rendered before, with other keys");
    }

    @Test
    void anErrorStopsBeforeAnythingIsMade() throws IOException {
        TextFiles.replace(file, "https://harbor.example.com", "https://10.0.0.11");
        Path keys = folder.resolve("new-keys");
        for (String mode : new String[] {"--force", "--dry-run", "--diff"}) {
            Run render = Run.of("render", file, "-o", out, "--keys", keys, mode);
            assertThat(render.code()).isEqualTo(1);
            assertThat(render.out()).contains("ERROR url.node-address");
            assertThat(render.err()).contains("Nothing was rendered");
        }
        Run json = Run.of("render", file, "-o", out, "--keys", keys, "--format=json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(new ObjectMapper()
                        .readTree(json.out())
                        .get("summary")
                        .get("errors")
                        .asInt())
                .isEqualTo(2);
        assertThat(out).doesNotExist();
        assertThat(keys).doesNotExist();
    }

    @Test
    void dryRunListsAndWritesNothing() {
        Run fresh = Run.of("render", file, "-o", out, "--dry-run");
        assertThat(fresh.code()).isZero();
        assertThat(fresh.out())
                .contains("add     INSTALL.md\n", "add     nodes/harbor-2/data/secret/keys/secretkey\n")
                .contains("WARNING");
        assertThat(fresh.err()).isEqualTo("Nothing was written; " + FILES + " files in " + out + " would change.\n");
        assertThat(out).doesNotExist();

        Run.of("render", file, "-o", out);
        TextFiles.replace(file, "harbor-2", "harbor-3");
        Map<String, String> before = TextFiles.tree(out);
        Run changed = Run.of("render", file, "-o", out, "--dry-run");
        assertThat(changed.out())
                .contains("add     nodes/harbor-3/data/secret/keys/secretkey\n")
                .contains("remove  nodes/harbor-2/data/secret/keys/secretkey\n")
                .contains("change  INSTALL.md\n")
                .doesNotContain("nodes/harbor-1");
        assertThat(TextFiles.tree(out)).isEqualTo(before);

        Run.of("render", file, "-o", out);
        assertThat(Run.of("render", file, "-o", out, "--dry-run").err()).contains("Nothing would be written");
    }

    @Test
    void withoutAStoreTheKeysAreForOnceAndThatIsSaid() {
        Path keys = folder.resolve("none");
        for (String mode : new String[] {"--dry-run", "--diff"}) {
            Run run = Run.of("render", file, "-o", out, "--keys", keys, mode);
            assertThat(run.err()).contains("There is no key store at " + keys + ": throw-away keys are used");
            assertThat(keys).doesNotExist();
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void diffTellsByItsExitCode() {
        assertThat(Run.of("render", file, "-o", out, "--diff").code()).isEqualTo(3);
        Run.of("render", file, "-o", out);
        Run same = Run.of("render", file, "-o", out, "--diff");
        assertThat(same.code()).isZero();
        assertThat(same.err()).isEqualTo(out + " is as it would be rendered.\n");
        assertThat(same.out()).doesNotContain("---", "+++");

        TextFiles.replace(file, "10.0.0.12", "10.0.0.13");
        Run changed = Run.of("render", file, "-o", out, "--diff");
        assertThat(changed.code()).isEqualTo(3);
        assertThat(changed.out())
                .containsPattern("(?m)^-.*10\\.0\\.0\\.12")
                .containsPattern("(?m)^\\+.*10\\.0\\.0\\.13");
    }

    @Test
    void noDiffAndNoMessageShowsASecret() {
        Run.of("render", file, "-o", out);
        String old = TextFiles.read(file);
        for (Secret secret : ClusterFile.parse(old, folder).secrets().values()) {
            String value = secret.reveal();
            TextFiles.write(file, TextFiles.read(file).replace(value, new StringBuilder(value).reverse()));
        }
        Path otherKeys = folder.resolve("other-keys");
        ClusterKeys.generate(2048).save(otherKeys);

        StringBuilder said = new StringBuilder();
        for (String mode : new String[] {"--diff", "--dry-run", "--format=json", "--force"}) {
            for (Path keys : new Path[] {folder.resolve("keys"), otherKeys}) {
                Run run = Run.of("render", file, "-o", out, "--keys", keys, mode);
                assertThat(run.code()).isIn(0, 3);
                said.append(run.out()).append(run.err());
            }
        }
        assertThat(said).contains("common/config/core/env");
        for (String text : new String[] {old, TextFiles.read(file)}) {
            for (Secret secret : ClusterFile.parse(text, folder).secrets().values()) {
                assertThat(said).doesNotContain(secret.reveal());
            }
        }
        for (ClusterKeys keys : new ClusterKeys[] {SampleKeys.KEYS, ClusterKeys.load(otherKeys)}) {
            assertThat(said)
                    .doesNotContain("PRIVATE KEY")
                    .doesNotContain(keys.secretKey().reveal())
                    .doesNotContain(keys.coreSecret().reveal())
                    .doesNotContain(keys.registryHttpSecret().reveal());
        }
    }

    @Test
    void whatIsFoundInTheFilesIsReportedToo() {
        BundleRule everyGuide = BundleRule.of(
                RuleInfo.of(
                        "example.guide",
                        Severity.NOTE,
                        rule -> rule.title("A guide")
                                .why("Somebody should read it.")
                                .fix("Read it.")
                                .sources("here")),
                bundle -> List.of(new Problem(ModelPath.file("INSTALL.md"), "It is there.", "Read it.")));
        HarborHa harbor = HarborHa.create().with(everyGuide);
        int notes = 1 + harbor.check(ClusterFile.read(file)).of(Severity.NOTE).size();
        StringWriter text = new StringWriter();
        Terminal terminal = new Terminal(
                Reader.nullReader(), new PrintWriter(text), new PrintWriter(new StringWriter()), false, false, false);
        KeysFolder keys = KeysFolder.beside(file);
        assertThat(new Render(harbor, file, out, keys, false, Format.TEXT, terminal).write())
                .isZero();
        assertThat(new Render(harbor, file, out, keys, false, Format.JSON, terminal).diff())
                .isZero();
        terminal.out().flush();
        assertThat(text.toString())
                .contains("NOTE example.guide: A guide\n  INSTALL.md\n    It is there.", ", " + notes + " notes")
                .contains("\"id\" : \"example.guide\"", "\"notes\" : " + notes);
    }

    @Test
    void jsonIsOneObjectInEveryMode() throws IOException {
        JsonNode dryRun = json("--dry-run", 0);
        assertThat(dryRun.get("changes")).hasSize(FILES);
        assertThat(dryRun.get("changes").get(0).get("path").asText()).isEqualTo("INSTALL.md");
        assertThat(dryRun.get("changes").get(0).get("kind").asText()).isEqualTo("added");
        assertThat(dryRun.get("changes").get(0).get("foreign").asBoolean()).isFalse();
        assertThat(json("--diff", 3).get("changes")).isEqualTo(dryRun.get("changes"));
        assertThat(json("--force", 0).has("changes")).isFalse();
        assertThat(json("--diff", 0).get("changes")).isEmpty();
    }

    private JsonNode json(String mode, int code) throws IOException {
        Run run = Run.of("render", file, "-o", out, mode, "--format", "json");
        assertThat(run.code()).isEqualTo(code);
        JsonNode object = new ObjectMapper().readTree(run.out());
        assertThat(object.get("version").asInt()).isEqualTo(1);
        assertThat(object.get("findings")).isNotEmpty();
        assertThat(object.get("output").asText()).isEqualTo(out.toString());
        assertThat(object.get("files").asInt()).isEqualTo(FILES);
        return object;
    }
}
