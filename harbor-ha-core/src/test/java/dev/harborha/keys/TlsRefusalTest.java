package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of the folder of internal TLS, with its exact sentence; a refused store is left as it was. */
class TlsRefusalTest {

    private static final Map<TlsMember, String> VALUES = TlsStores.values(TlsStores.KEYS);
    private static final String OTHER_CORE =
            "; put back the right pair, or remove core.key and core.crt, and their lines in store, so that a new pair is"
                    + " drawn.";
    private static final String OTHER_CA =
            "; put back the right one, or move its folder away so that a new CA and new pairs are drawn.";
    private static final String OTHER_CA_KEY =
            "; put the key of harbor_internal_ca.crt there, or remove it, and its line in store, if that key is kept"
                    + " elsewhere.";

    @TempDir
    Path temp;

    private Path store = Path.of("");
    private Path folder = Path.of("");

    @BeforeEach
    void makeStore() throws Exception {
        store = temp.resolve("keys");
        TlsStores.storeWith(store);
        folder = store.resolve("internal_tls");
    }

    /** Returns why a store is refused, by whichever door. */
    private String refusal() throws Exception {
        String refusal = Stores.refusal(store, () -> ClusterKeys.load(store));
        assertThat(Stores.refusal(store, () -> ClusterKeys.loadOrGenerate(store)))
                .isEqualTo(refusal);
        assertThat(Stores.refusal(store, () -> ClusterKeys.loadOrGenerateWithInternalTls(store)))
                .isEqualTo(refusal);
        assertThat(Stores.refusal(store, () -> ClusterKeys.renewInternalTls(store)))
                .isEqualTo(refusal);
        assertThat(Stores.refusal(store, () -> TlsStores.KEYS.save(store))).isEqualTo(refusal);
        return refusal;
    }

    /** Returns why a store is refused that has some text in a file, without the folder's name. */
    private String refusalOf(TlsMember member, String text) throws Exception {
        TlsStores.put(store, member, text);
        String refusal = refusal();
        assertThat(refusal).startsWith(folder + "/" + member.fileName() + " ");
        return refusal.substring(folder.toString().length() + 1);
    }

    /** Does what the sentence says in back-ticks. */
    private static void obey(String refusal) throws Exception {
        Matcher command = Pattern.compile("`(.*)`").matcher(refusal);
        assertThat(command.find()).as(refusal).isTrue();
        OutsideProgram.require("openssl", "version");
        OutsideProgram.run("sh", "-c", command.group(1)).requireSuccess();
    }

    private static String value(TlsMember member) {
        return VALUES.getOrDefault(member, "");
    }

    @Test
    void aKeyThatIsNone() throws Exception {
        assertThat(refusalOf(TlsMember.CORE_KEY, "hello\n"))
                .isEqualTo("core.key holds no private key in PEM (BEGIN PRIVATE KEY)" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CORE_KEY, Pem.block("PRIVATE KEY", new byte[] {0x30, 0x00})))
                .isEqualTo("core.key is damaged: its PEM block does not hold a private key" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CORE_KEY, Pem.block("OPENSSH PRIVATE KEY", new byte[10])))
                .isEqualTo(
                        "core.key is in none of the forms PKCS#8, PKCS#1 and SEC1 (BEGIN PRIVATE KEY, BEGIN RSA PRIVATE"
                                + " KEY, BEGIN EC PRIVATE KEY)" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CORE_KEY, TlsStores.key("Ed25519", 255)))
                .isEqualTo("core.key is neither an RSA nor an EC key" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CORE_KEY, TlsStores.key("RSA", 1024)))
                .isEqualTo("core.key is an RSA key of 1024 bits, and 2048 to 8192 are accepted" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CA_KEY, "hello\n"))
                .isEqualTo("harbor_internal_ca.key holds no private key in PEM (BEGIN PRIVATE KEY)" + OTHER_CA_KEY);
    }

    @Test
    void aKeyOfAnotherCertificate() throws Exception {
        TlsStores.put(store, TlsMember.CORE_KEY, value(TlsMember.PROXY_KEY));
        assertThat(refusal()).isEqualTo(folder + "/core.crt does not belong to the key in core.key" + OTHER_CORE);
        TlsStores.put(store, TlsMember.CORE_KEY, value(TlsMember.CORE_KEY));
        TlsStores.put(store, TlsMember.CA_KEY, value(TlsMember.PROXY_KEY));
        assertThat(refusal())
                .isEqualTo(folder + "/harbor_internal_ca.crt does not belong to the key in harbor_internal_ca.key"
                        + OTHER_CA);
    }

    @Test
    void aCertificateThatIsNone() throws Exception {
        assertThat(refusalOf(TlsMember.CORE_CRT, "hello\n"))
                .isEqualTo("core.crt holds no certificate in PEM (BEGIN CERTIFICATE)" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CORE_CRT, Pem.block("CERTIFICATE", new byte[] {0x30, 0x00})))
                .isEqualTo("core.crt is damaged: its PEM block does not hold a certificate" + OTHER_CORE);
        assertThat(refusalOf(TlsMember.CA_CRT, value(TlsMember.CA_CRT).substring(0, 200)))
                .isEqualTo("harbor_internal_ca.crt is damaged: its PEM block does not hold a certificate" + OTHER_CA);
    }

    @Test
    void aCertificateOfAnotherNameOrCa() throws Exception {
        TlsStores.put(store, TlsMember.CORE_KEY, value(TlsMember.PROXY_KEY));
        assertThat(refusalOf(TlsMember.CORE_CRT, value(TlsMember.PROXY_CRT)))
                .isEqualTo(
                        "core.crt does not carry DNS:core as a Subject Alternative Name, by which the other components"
                                + " call it" + OTHER_CORE);
        TlsStores.put(store, TlsMember.CORE_KEY, TlsStores.value(TlsStores.OTHER_KEYS, TlsMember.CORE_KEY));
        assertThat(refusalOf(TlsMember.CORE_CRT, TlsStores.value(TlsStores.OTHER_KEYS, TlsMember.CORE_CRT)))
                .isEqualTo("core.crt is not signed by the CA in harbor_internal_ca.crt" + OTHER_CORE);
    }

    @Test
    void aCaThatIsNone() throws Exception {
        TlsStores.put(store, TlsMember.CA_KEY, value(TlsMember.CORE_KEY));
        assertThat(refusalOf(TlsMember.CA_CRT, value(TlsMember.CORE_CRT)))
                .isEqualTo("harbor_internal_ca.crt is no CA: it may not sign other certificates" + OTHER_CA);
        assertThat(refusalOf(TlsMember.CA_CRT, value(TlsMember.CA_CRT) + value(TlsMember.CORE_CRT)))
                .isEqualTo("harbor_internal_ca.crt holds more than one PEM block; leave only the certificate of the CA"
                        + " itself.");
    }

    @Test
    void theCureForAnUncleanKeyCuresIt() throws Exception {
        String key = folder + "/core.key";
        String clean = "`openssl pkey -in " + key + " -out " + key + ".new && mv " + key + ".new " + key + "`.";
        TlsStores.put(
                store,
                TlsMember.CORE_KEY,
                "My key:\r\n" + value(TlsMember.CORE_KEY).replace("\n", "\r\n"));
        assertThat(refusal()).isEqualTo(key + " is not one clean PEM block with Unix line ends; rewrite it: " + clean);
        obey(refusal());
        assertFits();
        TlsStores.put(
                store,
                TlsMember.CORE_KEY,
                Pem.block("EC PARAMETERS", new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7})
                        + Files.readString(folder.resolve("core.key")));
        assertThat(refusal()).isEqualTo(key + " holds more than one PEM block; leave only the key: " + clean);
        obey(refusal());
        assertFits();
        TlsStores.put(store, TlsMember.CORE_KEY, Pem.block("ENCRYPTED PRIVATE KEY", new byte[100]));
        assertThat(refusal())
                .isEqualTo(key + " is encrypted, and Harbor has no pass phrase for it; decrypt it: " + clean);
    }

    @Test
    void theCureForAnUncleanCertificateCuresIt() throws Exception {
        for (TlsMember member : new TlsMember[] {TlsMember.CORE_CRT, TlsMember.CA_CRT}) {
            TlsStores.put(store, member, "subject=CN\r\n" + value(member).replace("\n", "\r\n"));
            String file = folder + "/" + member.fileName();
            assertThat(refusal())
                    .isEqualTo(
                            file + " holds other text than clean PEM blocks with Unix line ends; leave only the blocks:"
                                    + " `sed -i -n -e 's/\\r$//' -e '/^-----BEGIN CERTIFICATE-----$/,/^-----END"
                                    + " CERTIFICATE-----$/p' " + file + "`.");
            obey(refusal());
            assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        }
    }

    private void assertFits() throws Exception {
        InternalTls tls = TlsStores.tls(ClusterKeys.load(store));
        assertThat(tls.caCertificate()).isEqualTo(value(TlsMember.CA_CRT));
        assertThat(Stores.mode(folder.resolve("core.key"))).isEqualTo("rw-------");
    }

    @Test
    void aListedMemberThatIsMissing() throws Exception {
        for (TlsMember member : TlsMember.values()) {
            Files.delete(folder.resolve(member.fileName()));
            assertThat(refusal())
                    .isEqualTo(folder.resolve(member.fileName()) + " is missing, although " + folder
                            + "/store lists it; restore it from a backup.");
            TlsStores.put(store, member, value(member));
        }
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
    }

    /** Returns a store that holds some files of internal TLS without an index. */
    private Path brought(Map<TlsMember, String> values) throws Exception {
        Path brought = temp.resolve("brought-" + values.size());
        TlsStores.storeWithout(brought);
        TlsStores.putAll(brought, values);
        return brought;
    }

    private static String refusalToTakeUp(Path brought) throws Exception {
        return Stores.refusal(brought, () -> ClusterKeys.loadOrGenerateWithInternalTls(brought))
                .substring(brought.toString().length() + 1);
    }

    @Test
    void aSetThatLacksSomethingAndTheKeyOfItsCa() throws Exception {
        Map<TlsMember, String> values = new EnumMap<>(VALUES);
        values.remove(TlsMember.CA_KEY);
        values.remove(TlsMember.PORTAL_KEY);
        values.remove(TlsMember.PORTAL_CRT);
        values.remove(TlsMember.TRIVY_ADAPTER_CRT);
        Path brought = brought(values);
        assertThat(refusalToTakeUp(brought))
                .isEqualTo("internal_tls lacks portal.key, portal.crt, trivy_adapter.crt, which cannot be drawn without"
                        + " harbor_internal_ca.key; put them there, signed by the CA in harbor_internal_ca.crt, or put that"
                        + " CA's key there.");
        TlsStores.put(brought, TlsMember.CA_KEY, value(TlsMember.CA_KEY));
        assertThat(TlsStores.values(ClusterKeys.loadOrGenerateWithInternalTls(brought)))
                .containsAllEntriesOf(values);
    }

    @Test
    void aCertificateWithoutItsKeyOrItsCa() throws Exception {
        Map<TlsMember, String> values = new EnumMap<>(VALUES);
        values.remove(TlsMember.CORE_KEY);
        Path brought = brought(values);
        assertThat(refusalToTakeUp(brought))
                .isEqualTo(
                        "internal_tls/core.crt is there without core.key, which it was made from; put that file beside"
                                + " it, or remove " + brought + "/internal_tls/core.crt so that both are drawn.");
        values.put(TlsMember.CORE_KEY, value(TlsMember.CORE_KEY));
        values.remove(TlsMember.CA_CRT);
        values.remove(TlsMember.CA_KEY);
        assertThat(refusalToTakeUp(brought(values)))
                .isEqualTo(
                        "internal_tls/proxy.crt is there without harbor_internal_ca.crt, whose CA signed it; put that"
                                + " file beside it, or move all files of components away so that all are drawn.");
    }

    /** A store is not half made when the set that lies in it cannot be taken up. */
    @Test
    void aSetThatCannotBeTakenUpKeepsTheWholeStoreFromBeingMade() throws Exception {
        Path fresh = Stores.privateFolder(temp.resolve("fresh"));
        TlsStores.put(fresh, TlsMember.CORE_CRT, value(TlsMember.CORE_CRT));
        assertThat(refusalToTakeUp(fresh)).startsWith("internal_tls/core.crt is there without core.key, ");
        assertThat(Stores.refusal(fresh, () -> TlsStores.KEYS.save(fresh))).contains("core.crt is there without");
        assertThat(Stores.names(fresh)).containsExactly("internal_tls", "internal_tls/core.crt");
    }

    @Test
    void aCaThatHasRunOut() throws Exception {
        Map<TlsMember, String> old = TlsStores.drawnAt("2000-01-01T00:00:00Z");
        String problem =
                "internal_tls/harbor_internal_ca.crt ran out at 2009-12-29T00:00:00Z, so nothing that it signs is"
                        + " accepted; move its folder away and let ClusterKeys.loadOrGenerateWithInternalTls draw a new CA with new"
                        + " pairs.";
        Path brought = brought(old);
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(brought);
        assertThat(TlsStores.values(keys)).isEqualTo(old);
        assertThat(Stores.refusal(brought, () -> ClusterKeys.renewInternalTls(brought)))
                .isEqualTo(brought + "/" + problem);
        old.remove(TlsMember.CORE_CRT);
        assertThat(refusalToTakeUp(brought(old))).isEqualTo(problem);

        Files.move(brought.resolve("internal_tls"), temp.resolve("away"));
        ClusterKeys anew = ClusterKeys.loadOrGenerateWithInternalTls(brought);
        assertThat(TlsStores.tls(anew).expiry()).isAfter(Instant.now());
        assertThat(ClusterKeys.renewInternalTls(brought)).isNotEqualTo(anew);
    }

    @Test
    void aCaRunsOutToTheSecond() {
        Map<TlsMember, String> values = TlsStores.drawnAt("2026-11-23T00:00:00Z");
        Instant end = Instant.parse("2036-11-20T00:00:00Z");
        Map<TlsMember, String> last = new TlsDraw(TlsStores.RANDOM, end.minusSeconds(1)).renew(values);
        assertThat(new InternalTls(last).expiry()).isEqualTo(end);
        Unfit refusal =
                catchThrowableOfType(Unfit.class, () -> new TlsDraw(TlsStores.RANDOM, end).requireRenewable(values));
        assertThat(refusal.problem())
                .isEqualTo("ran out at 2036-11-20T00:00:00Z, so nothing that it signs is accepted");
    }

    @Test
    void aRenewalWithoutTheKeyOfTheCa() throws Exception {
        Map<TlsMember, String> values = new EnumMap<>(VALUES);
        values.remove(TlsMember.CA_KEY);
        Path brought = brought(values);
        ClusterKeys.loadOrGenerateWithInternalTls(brought);
        assertThat(Stores.refusal(brought, () -> ClusterKeys.renewInternalTls(brought)))
                .isEqualTo(
                        brought + "/internal_tls lacks harbor_internal_ca.key, without which no new certificates can be"
                                + " drawn; put new pairs, signed by the CA in harbor_internal_ca.crt, over the old ones, or put"
                                + " that CA's key there.");
    }

    @Test
    void aRenewalOfWhatIsNotThere() throws Exception {
        Path without = brought(new EnumMap<>(TlsMember.class));
        String refusal =
                without + "/internal_tls holds no internal TLS certificates that were taken up; make them, or take"
                        + " up those that are there, with ClusterKeys.loadOrGenerateWithInternalTls.";
        assertThat(Stores.refusal(without, () -> ClusterKeys.renewInternalTls(without)))
                .isEqualTo(refusal);
        TlsStores.putAll(without, VALUES);
        assertThat(Stores.refusal(without, () -> ClusterKeys.renewInternalTls(without)))
                .isEqualTo(refusal);
        Path absent = temp.resolve("absent");
        assertThat(Stores.refusal(absent, () -> ClusterKeys.renewInternalTls(absent)))
                .startsWith(absent + " does not exist; ");
        assertThat(absent).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core.key", "core.crt", "harbor_internal_ca.crt", "store"})
    void whatIsNoText(String name) throws Exception {
        String problem = folder.resolve(name) + " holds bytes that are not plain ASCII text; put back the right file.";
        Stores.put(folder, name, "Schlüssel");
        assertThat(refusal()).isEqualTo(problem);
        Stores.put(folder, name, "");
        assertThat(refusal()).isEqualTo(folder.resolve(name) + " is empty; put back the right file, or remove it.");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(65_537);
        }
        assertThat(refusal()).isEqualTo(folder.resolve(name) + " is larger than 64 KiB; put back the right file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void aFileThatOthersMayUse(String mode) throws Exception {
        for (String name : new String[] {"core.key", "core.crt", "harbor_internal_ca.key", "store"}) {
            Stores.chmod(folder.resolve(name), mode);
            String refusal = refusal();
            assertThat(refusal)
                    .isEqualTo(folder.resolve(name) + " can be read or changed by other users; close it: `chmod 600 "
                            + folder.resolve(name) + "`.");
            obey(refusal);
            assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx-----x", "rwxrwxrwx"})
    void aFolderThatOthersMayEnter(String mode) throws Exception {
        Stores.chmod(folder, mode);
        String refusal = refusal();
        assertThat(refusal)
                .isEqualTo(folder + " is a folder that other users may enter; close it: `chmod 700 " + folder + "`.");
        obey(refusal);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
    }

    @Test
    void aFolderThatIsALink() throws Exception {
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(folder, elsewhere);
        for (Path target : new Path[] {elsewhere, temp.resolve("nothing")}) {
            Files.createSymbolicLink(folder, target);
            ClusterKeysExceptionMessage.of(() -> ClusterKeys.load(store))
                    .isEqualTo(folder + " is a symbolic link; put the folder itself there, with mode 700.");
            ClusterKeysExceptionMessage.of(() -> ClusterKeys.loadOrGenerateWithInternalTls(store))
                    .isEqualTo(folder + " is a symbolic link; put the folder itself there, with mode 700.");
            Files.delete(folder);
        }
    }

    @Test
    void aFileInThePlaceOfTheFolder() throws Exception {
        Files.move(folder, temp.resolve("elsewhere"));
        Stores.put(store, "internal_tls", "text");
        assertThat(refusal()).isEqualTo(folder + " is no folder; move it out of this folder.");
    }

    @Test
    void aMemberThatIsALinkOrAFolder() throws Exception {
        Path file = folder.resolve("core.crt");
        Files.move(file, temp.resolve("elsewhere"));
        Files.createSymbolicLink(file, temp.resolve("elsewhere"));
        ClusterKeysExceptionMessage.of(() -> ClusterKeys.load(store))
                .isEqualTo(file + " is a symbolic link; put a copy of the file itself there, with mode 600.");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(refusal()).isEqualTo(file + " is no file; move it out of this folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbor-ha internal-tls 2", "harbor-ha internal-tls 99999999999999999999"})
    void anIndexOfANewerFormat(String header) throws Exception {
        String index = Files.readString(folder.resolve("store"));
        Stores.put(folder, "store", index.replace("harbor-ha internal-tls 1", header));
        assertThat(refusal())
                .isEqualTo(folder
                        + "/store was written by a newer harbor-ha (its format number is not 1); use that release"
                        + " or a later one.");
    }

    @Test
    void anIndexWithAMemberOfANewerRelease() throws Exception {
        Stores.put(folder, "store", Files.readString(folder.resolve("store")) + "exporter.key\n");
        assertThat(refusal())
                .isEqualTo(
                        folder + "/store was written by a newer harbor-ha (it lists a member that this release does not"
                                + " know); use that release or a later one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "harbor-ha keys 1\n", "harbor-ha internal-tls\n", "harbor-ha internal-tls 01\n"})
    void anIndexThatIsNone(String index) throws Exception {
        Stores.put(folder, "store", index);
        assertThat(refusal())
                .isEqualTo(folder + "/store is no index of internal TLS certificates, because its first line is not"
                        + " \"harbor-ha internal-tls 1\"; put back the right file, or remove it so that the certificates"
                        + " are taken up anew.");
    }
}
