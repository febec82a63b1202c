package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of a folder, with its exact sentence; a refused folder is left as it was. */
class KeyStoreRefusalTest {

    private static final Map<Member, String> VALUES = Stores.values(Stores.KEYS);
    private static final String NEW_ONE =
            "; put back the right one, or remove it, and its line in store, so that a new one is drawn.";

    @TempDir
    Path temp;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Stores.privateFolder(temp.resolve("keys"));
    }

    private String refusal() throws Exception {
        String refusal = Stores.refusal(folder, () -> ClusterKeys.loadOrGenerate(folder));
        assertThat(Stores.refusal(folder, () -> Stores.KEYS.save(folder))).isEqualTo(refusal);
        return refusal;
    }

    /** Returns the refusal of a folder that has some content in the file of a member. */
    private String refusalOf(String name, String content) throws Exception {
        Stores.put(folder, name, content);
        String refusal = refusal();
        assertThat(refusal).startsWith(folder + "/" + name + " ");
        return refusal.substring(folder.toString().length() + 1);
    }

    /** Does what the sentence says in back-ticks. */
    private static void obey(String refusal) throws Exception {
        Matcher command = Pattern.compile("`(.*)`").matcher(refusal);
        assertThat(command.find()).as(refusal).isTrue();
        OutsideProgram.run("sh", "-c", command.group(1)).requireSuccess();
    }

    @ParameterizedTest
    @CsvSource({
        "secretkey, 16",
        "ui_secret, 16",
        "core_secret, 16",
        "jobservice_secret, 16",
        "csrf_key, 32",
        "registry_password, 32",
        "robot_scanner_name_prefix, 8",
        "registry_http_secret, 32"
    })
    void aTextOfTheWrongLengthOrWithANewline(String name, int length) throws Exception {
        String cure = name.equals("secretkey")
                ? "; put back the one that this cluster's database was used with, or, for a new cluster only, remove it,"
                        + " and its line in store, so that one is drawn."
                : NEW_ONE;
        String right = "aB3".repeat(11).substring(0, length);
        assertThat(refusalOf(name, right.substring(1)))
                .isEqualTo(name + " holds " + (length - 1) + " characters instead of exactly " + length + cure);
        assertThat(refusalOf(name, right + "x"))
                .isEqualTo(name + " holds " + (length + 1) + " characters instead of exactly " + length + cure);
        assertThat(refusalOf(name, right.substring(1) + "\n"))
                .isEqualTo(name + " holds " + (length - 1) + " characters instead of exactly " + length + cure);
        assertThat(refusalOf(name, "\n")).isEqualTo(name + " holds 0 characters instead of exactly " + length + cure);
        assertThat(refusalOf(name, right.substring(1) + "-"))
                .isEqualTo(name + " holds a character other than the letters A-Z and a-z and the digits 0-9" + cure);
        for (String newline : new String[] {"\n", "\r\n", "\n\n"}) {
            assertThat(refusalOf(name, right + newline))
                    .isEqualTo(name + " ends with a newline, which Harbor would take as a part of it; cut it off:"
                            + " `truncate -s " + length + " " + folder.resolve(name) + "`.");
        }
        obey(refusal());
        Stores.put(folder, Member.PRIVATE_KEY);
        assertThat(ClusterKeys.loadOrGenerate(folder)).isNotNull();
        assertThat(Files.readString(folder.resolve(name))).isEqualTo(right);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretkey", "private_key.pem", "root.crt", "registry_htpasswd", "store"})
    void whatIsNoText(String name) throws Exception {
        String problem = folder.resolve(name) + " holds bytes that are not plain ASCII text; put back the right file.";
        Stores.put(folder, name, "schlüsselschlüss");
        assertThat(refusal()).isEqualTo(problem);
        Stores.put(folder, name, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'a'});
        assertThat(refusal()).isEqualTo(problem);
        Stores.put(folder, name, "\uFEFFabcdefghijklmno");
        assertThat(refusal()).isEqualTo(problem);
        Stores.put(folder, name, "abcdefgh\0bcdefgh");
        assertThat(refusal()).isEqualTo(problem);
        Stores.put(folder, name, "");
        assertThat(refusal()).isEqualTo(folder.resolve(name) + " is empty; put back the right file, or remove it.");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(65_537);
        }
        assertThat(refusal()).isEqualTo(folder.resolve(name) + " is larger than 64 KiB; put back the right file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw------x", "rwxrwxrwx"})
    void aFileThatOthersMayUse(String mode) throws Exception {
        Stores.KEYS.save(folder);
        for (String name : new String[] {"secretkey", "root.crt", "store"}) {
            Stores.chmod(folder.resolve(name), mode);
            String refusal = refusal();
            assertThat(refusal)
                    .isEqualTo(folder.resolve(name) + " can be read or changed by other users; close it: `chmod 600 "
                            + folder.resolve(name) + "`.");
            assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder))).isEqualTo(refusal);
            obey(refusal);
            assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
        }
    }

    @Test
    void aFolderThatOthersMayEnter() throws Exception {
        Path named = Stores.privateFolder(temp.resolve("Bob's $HOME `x`"));
        Stores.KEYS.save(named);
        Stores.chmod(named, "rwxr-x---");
        String refusal = Stores.refusal(named, () -> ClusterKeys.load(named));
        assertThat(refusal)
                .isEqualTo(named + " is a folder that other users may enter; close it: `chmod 700 '"
                        + named.toString().replace("'", "'\\''") + "'`.");
        assertThat(Stores.refusal(named, () -> ClusterKeys.loadOrGenerate(named)))
                .isEqualTo(refusal);
        assertThat(Stores.refusal(named, () -> ClusterKeys.isStore(named))).isEqualTo(refusal);
        String command = refusal.substring(refusal.indexOf(": `") + 3, refusal.length() - 2);
        OutsideProgram.run("sh", "-c", command).requireSuccess();
        assertThat(ClusterKeys.load(named)).isEqualTo(Stores.KEYS);
    }

    @Test
    void aFolderThatIsNotThere() throws Exception {
        Path absent = temp.resolve("absent");
        assertThat(Stores.refusal(absent, () -> ClusterKeys.load(absent)))
                .isEqualTo(
                        absent
                                + " does not exist; restore the folder from a backup, or make it with ClusterKeys.loadOrGenerate.");
        assertThat(absent).doesNotExist();
    }

    @Test
    void aFolderWithoutAnIndex() throws Exception {
        Stores.put(folder, Member.SECRETKEY);
        assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder)))
                .isEqualTo(folder
                        + " holds no key store, because it has no file \"store\"; restore the folder from a backup,"
                        + " or make the store with ClusterKeys.loadOrGenerate.");
    }

    @Test
    void aFileInThePlaceOfTheFolder() throws Exception {
        Path file = Stores.put(temp, "file", "text");
        String refusal = file + " is no folder; name a folder for the keys.";
        assertThat(Stores.refusal(temp, () -> ClusterKeys.load(file))).isEqualTo(refusal);
        assertThat(Stores.refusal(temp, () -> ClusterKeys.loadOrGenerate(file))).isEqualTo(refusal);
        assertThat(Stores.refusal(temp, () -> Stores.KEYS.save(file))).isEqualTo(refusal);
    }

    @Test
    void aFileInThePlaceOfAParentFolder() throws Exception {
        Path below = Stores.put(temp, "file", "text").resolve("keys");
        assertThat(Stores.refusal(temp, () -> ClusterKeys.loadOrGenerate(below)))
                .startsWith(below + " cannot be ")
                .endsWith(".");
    }

    @Test
    void aLinkToNothing() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nothing"));
        assertThat(Stores.refusal(folder, () -> ClusterKeys.loadOrGenerate(link)))
                .isEqualTo(link + " is a symbolic link to nothing; name a folder, or mend the link.");
        assertThat(temp.resolve("nothing")).doesNotExist();
    }

    @Test
    void aMemberThatIsALink() throws Exception {
        Path elsewhere = Stores.put(temp, "elsewhere", VALUES.get(Member.PRIVATE_KEY));
        for (Path target : new Path[] {elsewhere, temp.resolve("nothing")}) {
            Path link = Files.createSymbolicLink(folder.resolve("private_key.pem"), target);
            ClusterKeysExceptionMessage.of(() -> ClusterKeys.loadOrGenerate(folder))
                    .isEqualTo(link + " is a symbolic link; put a copy of the file itself there, with mode 600.");
            Files.delete(link);
        }
        assertThat(Stores.names(folder)).isEmpty();
    }

    @Test
    void aMemberThatIsAFolder() throws Exception {
        Path member = Files.createDirectory(folder.resolve("secretkey"));
        assertThat(refusal()).isEqualTo(member + " is no file; move it out of this folder.");
    }

    @ParameterizedTest
    @CsvSource({"root.crt, private_key.pem", "registry_htpasswd, registry_password"})
    void aMemberWithoutTheOneItWasMadeFrom(String name, String source) throws Exception {
        assertThat(refusalOf(
                        name,
                        VALUES.get(Member.valueOf(
                                name.toUpperCase(java.util.Locale.ROOT).replace('.', '_')))))
                .isEqualTo(
                        name + " is there without " + source + ", which it was made from; put that file beside it, or"
                                + " remove " + folder.resolve(name) + " so that both are drawn.");
    }

    @Test
    void aListedMemberThatIsMissing() throws Exception {
        Stores.KEYS.save(folder);
        for (Member member : Member.values()) {
            Files.delete(folder.resolve(member.fileName()));
            String refusal = refusal();
            assertThat(refusal)
                    .isEqualTo(folder.resolve(member.fileName()) + " is missing, although " + folder
                            + "/store lists it; restore it from a backup.");
            assertThat(Stores.refusal(folder, () -> ClusterKeys.load(folder))).isEqualTo(refusal);
            Stores.put(folder, member);
        }
        assertThat(ClusterKeys.load(folder)).isEqualTo(Stores.KEYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbor-ha keys 2", "harbor-ha keys 10", "harbor-ha keys 99999999999999999999"})
    void anIndexOfANewerFormat(String header) throws Exception {
        Stores.KEYS.save(folder);
        String index = Files.readString(folder.resolve("store"));
        assertThat(refusalOf("store", index.replace("harbor-ha keys 1", header)))
                .isEqualTo("store was written by a newer harbor-ha (its format number is not 1);"
                        + " use that release or a later one.");
    }

    @Test
    void anIndexWithAMemberOfANewerRelease() throws Exception {
        Stores.KEYS.save(folder);
        String index = Files.readString(folder.resolve("store"));
        assertThat(refusalOf("store", index + "notary_alias\n"))
                .isEqualTo("store was written by a newer harbor-ha (it lists a member that this release does not know);"
                        + " use that release or a later one.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "groceries\n",
                "harbor-ha keys\n",
                "harbor-ha keys 0\n",
                "harbor-ha keys 01\n",
                "harbor-ha keys -1\n",
                "harbor-ha keys 1x\n",
                "# comment\nharbor-ha keys 1\n"
            })
    void anIndexThatIsNone(String index) throws Exception {
        assertThat(refusalOf("store", index))
                .isEqualTo("store is no index of a key store, because its first line is not \"harbor-ha keys 1\";"
                        + " put back the right file, or name another folder for the keys.");
    }

    @Test
    void anHtpasswdLineThatIsNone() throws Exception {
        Stores.put(folder, Member.REGISTRY_PASSWORD);
        String line = VALUES.get(Member.REGISTRY_HTPASSWD);
        String cure = "; remove it, and its line in store, so that it is made anew from registry_password.";
        for (String wrong : new String[] {
            line.substring(1),
            line.substring(0, 80),
            line + "x",
            line.replace("$05$", "$10$"),
            line.replace("$2y$", "$2x$"),
            line.replace("harbor_registry_user", "harbor_registry_boss"),
            line.substring(0, 80) + "!",
            line + "\n" + line,
            "harbor_registry_user:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="
        }) {
            assertThat(refusalOf("registry_htpasswd", wrong))
                    .isEqualTo("registry_htpasswd is not one line harbor_registry_user:$2y$05$… with a bcrypt hash of"
                            + " cost 5" + cure);
        }
        assertThat(refusalOf(
                        "registry_htpasswd",
                        Stores.OTHER_KEYS.registryHtpasswd().reveal()))
                .isEqualTo("registry_htpasswd is not of the password in registry_password" + cure);
        assertThat(refusalOf("registry_htpasswd", line + "\n"))
                .isEqualTo("registry_htpasswd ends with a newline, which Harbor would take as a part of it; cut it off:"
                        + " `truncate -s 81 " + folder.resolve("registry_htpasswd") + "`.");
        obey(refusal());
        Stores.put(folder, Member.PRIVATE_KEY);
        assertThat(ClusterKeys.loadOrGenerate(folder).registryHtpasswd()).isEqualTo(Stores.KEYS.registryHtpasswd());
    }

    @Test
    void aKeyOrCertificateThatTokenPairRefuses() throws Exception {
        Stores.put(folder, Member.PRIVATE_KEY);
        assertThat(refusalOf("root.crt", Stores.OTHER_KEYS.tokenCertificate()))
                .isEqualTo(
                        "root.crt does not belong to the key in private_key.pem; put back the certificate that was made"
                                + " from private_key.pem, or remove it, and its line in store, so that a new one is made.");
        assertThat(refusalOf("private_key.pem", "abc\n"))
                .isEqualTo(
                        "private_key.pem holds no private key in PEM (BEGIN RSA PRIVATE KEY); put an RSA key of at least"
                                + " 2048 bits there, or remove it and root.crt, and their lines in store, so that a new pair is"
                                + " drawn.");
    }

    @Test
    void aFolderThatCannotBeMade() {
        Path proc = Path.of("/proc/harbor-ha/keys");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
        ClusterKeysExceptionMessage.of(() -> ClusterKeys.loadOrGenerate(proc))
                .isEqualTo(
                        "/proc/harbor-ha/keys cannot be made: no such file or folder; let its parent folder be written,"
                                + " or name another folder.");
    }
}
