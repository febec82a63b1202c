package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there is used and never overwritten; what is not there is added. */
class KeyStoreTest {

    private static final Map<Member, String> VALUES = Stores.values(Stores.KEYS);

    @TempDir
    Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Stores.privateFolder(temp.resolve("keys"));
    }

    @Test
    void makesAStoreWhereThereIsNone() throws Exception {
        Path absent = temp.resolve("not/there/yet");
        ClusterKeys keys = ClusterKeys.loadOrGenerate(absent);
        assertThat(ClusterKeys.load(absent)).isEqualTo(keys);
        assertThat(ClusterKeys.loadOrGenerate(absent)).isEqualTo(keys);
        assertThat(Stores.mode(absent)).isEqualTo("rwx------");
    }

    @Test
    void usesTheKeysOfAnExistingHarbor() throws Exception {
        Stores.put(folder, Member.PRIVATE_KEY);
        Stores.put(folder, Member.ROOT_CRT);
        Stores.put(folder, Member.SECRETKEY);
        Stores.put(folder, "harbor.yml", "hostname: harbor.example.com\n");
        Files.createDirectory(folder.resolve("tls"));
        Map<String, String> before = Stores.snapshot(folder);
        ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
        assertThat(keys.tokenKey()).isEqualTo(Stores.KEYS.tokenKey());
        assertThat(keys.tokenCertificate()).isEqualTo(Stores.KEYS.tokenCertificate());
        assertThat(keys.secretKey()).isEqualTo(Stores.KEYS.secretKey());
        assertThat(keys.csrfKey()).isNotEqualTo(Stores.KEYS.csrfKey());
        assertThat(Stores.snapshot(folder)).containsAllEntriesOf(before);
        assertThat(ClusterKeys.load(folder)).isEqualTo(keys);
    }

    @Test
    void certifiesAKeyThatComesWithoutACertificate() throws Exception {
        Stores.put(folder, Member.PRIVATE_KEY);
        ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
        assertThat(keys.tokenKey()).isEqualTo(Stores.KEYS.tokenKey());
        assertThat(keys.tokenCertificate()).isNotEqualTo(Stores.KEYS.tokenCertificate());
        assertThat(KeyTexts.problemOfTokenPair(keys.tokenKey().reveal(), keys.tokenCertificate()))
                .isEmpty();
    }

    @Test
    void takesPemWithoutItsLastNewline() throws Exception {
        Stores.put(folder, "private_key.pem", VALUES.get(Member.PRIVATE_KEY).strip());
        Stores.put(folder, "root.crt", VALUES.get(Member.ROOT_CRT).strip());
        ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
        assertThat(keys.tokenKey().reveal())
                .isEqualTo(VALUES.get(Member.PRIVATE_KEY).strip());
        assertThat(keys.tokenCertificate())
                .isEqualTo(VALUES.get(Member.ROOT_CRT).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2a", "2b", "2y"})
    void takesEveryKindOfBcryptThatTheRegistryReads(String kind) throws Exception {
        Stores.put(folder, Member.PRIVATE_KEY);
        Stores.put(folder, Member.REGISTRY_PASSWORD);
        String line = VALUES.get(Member.REGISTRY_HTPASSWD).replace("$2y$", "$" + kind + "$");
        Stores.put(folder, "registry_htpasswd", line);
        assertThat(ClusterKeys.loadOrGenerate(folder).registryHtpasswd().reveal())
                .isEqualTo(line);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CSRF_KEY", "ROOT_CRT", "REGISTRY_HTPASSWD", "REGISTRY_HTTP_SECRET", "ROBOT_SCANNER_NAME_PREFIX"})
    void addsAMemberThatAnOlderReleaseDidNotKnow(Member member) throws Exception {
        Stores.KEYS.save(folder);
        Files.delete(folder.resolve(member.fileName()));
        unlist(member);
        Map<String, String> before = Stores.snapshot(folder);
        before.remove("store");
        assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder)))
                .isEqualTo(folder + " was written by an older harbor-ha and lacks " + member.fileName()
                        + "; let ClusterKeys.loadOrGenerate add what is missing.");
        ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
        assertThat(Stores.snapshot(folder)).containsAllEntriesOf(before);
        assertThat(Files.readString(folder.resolve("store"))).contains("\n" + member.fileName() + "\n");
        assertThat(ClusterKeys.load(folder)).isEqualTo(keys);
        Map<Member, String> others = Stores.values(keys);
        assertThat(others.remove(member)).isNotEqualTo(VALUES.get(member));
        assertThat(VALUES).containsAllEntriesOf(others);
    }

    @Test
    void usesAFileThatTheIndexDoesNotListYet() throws Exception {
        Stores.KEYS.save(folder);
        unlist(Member.CSRF_KEY);
        assertThat(ClusterKeys.loadOrGenerate(folder)).isEqualTo(Stores.KEYS);
        assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
    }

    @Test
    void namesAllThatAnOlderStoreLacks() throws Exception {
        Stores.KEYS.save(folder);
        unlist(Member.UI_SECRET);
        unlist(Member.CSRF_KEY);
        assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder))).contains(" lacks ui_secret, csrf_key; ");
    }

    @Test
    void completesWhatAKilledProcessLeft() throws Exception {
        List<Member> written = new ArrayList<>();
        for (Member member : Member.values()) {
            if (member != Member.PRIVATE_KEY) {
                assertCompletes(written, member);
            }
            written.add(member);
        }
        assertCompletes(written, null);
    }

    /** A process was killed after it wrote some members, and while it wrote the next one, or the index. */
    private void assertCompletes(List<Member> written, @org.jspecify.annotations.Nullable Member next)
            throws Exception {
        Path killed = Stores.privateFolder(temp.resolve("killed-" + written.size()));
        for (Member member : written) {
            Stores.put(killed, member);
        }
        String unfinished = next == null ? "store" : next.fileName();
        Stores.put(killed, "." + unfinished + ".unfinished", "a half");
        Stores.put(killed, ".somebody-else.unfinished", "not ours");
        ClusterKeys keys = ClusterKeys.loadOrGenerate(killed);
        assertThat(ClusterKeys.load(killed)).isEqualTo(keys);
        for (Member member : written) {
            assertThat(Stores.values(keys).get(member)).isEqualTo(VALUES.get(member));
        }
        assertThat(Stores.names(killed))
                .contains(".somebody-else.unfinished")
                .doesNotContain("." + unfinished + ".unfinished");
    }

    @Test
    void leavesAWholeStoreAloneEvenItsTimes() throws Exception {
        Stores.KEYS.save(folder);
        Files.delete(folder.resolve(".lock"));
        Map<String, String> before = Stores.snapshot(folder);
        Object time = Files.getLastModifiedTime(folder);
        assertThat(ClusterKeys.loadOrGenerate(folder)).isEqualTo(Stores.KEYS);
        assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
        assertThat(Stores.snapshot(folder)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(folder)).isEqualTo(time);
    }

    @Test
    void readsAnIndexWithOtherCommentsBlanksAndLineEnds() throws Exception {
        Stores.KEYS.save(folder);
        String index = Files.readString(folder.resolve("store")).replace("\n", "\r\n");
        Stores.put(folder, "store", index + "\r\n  # kept in the safe since 2026\r\n");
        assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
    }

    @Test
    void followsALinkToItsFolder() throws Exception {
        Stores.KEYS.save(folder);
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        assertThat(ClusterKeys.loadOrGenerate(link)).isEqualTo(Stores.KEYS);
    }

    @Test
    void verifiesTheHtpasswdLineWheneverTheIndexDoesNotVouchForIt() throws Exception {
        Stores.KEYS.save(folder);
        String index = Files.readString(folder.resolve("store"));
        Stores.put(folder, "store", index.replaceAll("htpasswd-verified .*\n", ""));
        assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
        Stores.put(
                folder,
                "registry_password",
                Stores.OTHER_KEYS.registryPassword().reveal());
        assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder))).contains("/registry_htpasswd is not of the");
        Stores.put(folder, "store", index);
        assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder))).contains("/registry_htpasswd is not of the");
        Stores.put(
                folder,
                "registry_htpasswd",
                Stores.OTHER_KEYS.registryHtpasswd().reveal());
        assertThat(ClusterKeys.load(folder).registryHtpasswd()).isEqualTo(Stores.OTHER_KEYS.registryHtpasswd());
    }

    private void unlist(Member member) throws Exception {
        String index = Files.readString(folder.resolve("store"));
        assertThat(index).contains("\n" + member.fileName() + "\n");
        Stores.put(folder, "store", index.replace("\n" + member.fileName() + "\n", "\n"));
    }
}
