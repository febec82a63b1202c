package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harborha.keys.InternalTls.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there is used and never overwritten but by a renewal; what is not there is drawn where that can be done. */
class TlsFolderTest {

    private static final Map<TlsMember, String> VALUES = TlsStores.values(TlsStores.KEYS);

    @TempDir
    Path temp;

    private Path store = Path.of("");

    @BeforeEach
    void makeStore() throws Exception {
        store = temp.resolve("keys");
        TlsStores.storeWithout(store);
    }

    private Path folder() {
        return store.resolve("internal_tls");
    }

    private static void assertFits(ClusterKeys keys) {
        InternalTls tls = TlsStores.tls(keys);
        for (Component component : Component.values()) {
            assertThat(TlsStores.problem(
                            tls.caCertificate(),
                            component,
                            tls.certificate(component),
                            tls.key(component).reveal()))
                    .isEmpty();
        }
    }

    /** Returns the values of a set without some. */
    private static Map<TlsMember, String> without(TlsMember... members) {
        Map<TlsMember, String> values = new EnumMap<>(VALUES);
        for (TlsMember member : members) {
            values.remove(member);
        }
        return values;
    }

    @Test
    void isDrawnWhereItIsAskedForOnly() throws Exception {
        Map<String, String> before = Stores.snapshot(store);
        assertThat(ClusterKeys.load(store).internalTls()).isEmpty();
        assertThat(ClusterKeys.loadOrGenerate(store).internalTls()).isEmpty();
        assertThat(Stores.snapshot(store)).isEqualTo(before);
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(store);
        assertFits(keys);
        assertThat(Stores.snapshot(store)).containsAllEntriesOf(before);
        assertThat(ClusterKeys.load(store)).isEqualTo(keys);
        assertThat(ClusterKeys.loadOrGenerate(store)).isEqualTo(keys);
        assertThat(ClusterKeys.loadOrGenerateWithInternalTls(store)).isEqualTo(keys);
    }

    @Test
    void isDrawnWithTheWholeStore() throws Exception {
        Path absent = Stores.privateFolder(temp.resolve("new"));
        Stores.put(absent, Member.PRIVATE_KEY);
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(absent);
        assertFits(keys);
        assertThat(ClusterKeys.load(absent)).isEqualTo(keys);
    }

    @Test
    void leavesAWholeFolderAloneEvenItsTimes() throws Exception {
        TlsStores.storeWith(store);
        Files.delete(store.resolve(".lock"));
        Map<String, String> before = Stores.snapshot(store);
        Object time = Files.getLastModifiedTime(folder());
        assertThat(ClusterKeys.loadOrGenerateWithInternalTls(store)).isEqualTo(TlsStores.KEYS);
        assertThat(ClusterKeys.loadOrGenerate(store)).isEqualTo(TlsStores.KEYS);
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        assertThat(Stores.snapshot(store)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(folder())).isEqualTo(time);
    }

    @Test
    void isNotThereAsLongAsNobodyTookItUp() throws Exception {
        TlsStores.putAll(store, VALUES);
        TlsStores.put(store, TlsMember.CORE_CRT, "not yet a certificate");
        assertThat(ClusterKeys.load(store).internalTls()).isEmpty();
        assertThat(ClusterKeys.loadOrGenerate(store).internalTls()).isEmpty();
    }

    @Test
    void takesUpAWholeSetWithoutTheKeyOfItsCa() throws Exception {
        TlsStores.putAll(store, without(TlsMember.CA_KEY));
        Stores.put(folder(), "core.csr", "a request");
        Files.createDirectory(folder().resolve("old"));
        Map<String, String> before = Stores.snapshot(folder());
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(store);
        assertThat(TlsStores.values(keys)).isEqualTo(without(TlsMember.CA_KEY));
        assertThat(ClusterKeys.load(store)).isEqualTo(keys);
        before.put("store", Stores.snapshot(folder()).get("store"));
        assertThat(Stores.snapshot(folder())).isEqualTo(before);
        assertThat(before.get("store")).doesNotContain("harbor_internal_ca.key");
    }

    @Test
    void takesUpAWholeSetBeforeTheStoreItselfIsThere() throws Exception {
        Path other = Stores.privateFolder(temp.resolve("other"));
        Stores.put(other, Member.PRIVATE_KEY);
        TlsStores.putAll(other, VALUES);
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(other);
        assertThat(TlsStores.values(keys)).isEqualTo(VALUES);
        assertThat(ClusterKeys.load(other)).isEqualTo(keys);
    }

    @Test
    void drawsWhatASuppliedCaLacks() throws Exception {
        for (TlsMember missing : TlsMember.values()) {
            if (missing == TlsMember.CA_KEY || missing == TlsMember.CA_CRT || missing.isKey()) {
                continue;
            }
            Path other = temp.resolve("without-" + missing.fileName());
            TlsStores.storeWithout(other);
            TlsStores.putAll(other, without(missing));
            ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(other);
            assertFits(keys);
            Map<TlsMember, String> values = TlsStores.values(keys);
            assertThat(values.remove(missing)).isNotEqualTo(VALUES.get(missing));
            assertThat(VALUES).containsAllEntriesOf(values);
        }
    }

    @Test
    void drawsAllPairsForASuppliedCa() throws Exception {
        TlsStores.put(store, TlsMember.CA_KEY, VALUES.getOrDefault(TlsMember.CA_KEY, ""));
        TlsStores.put(store, TlsMember.CA_CRT, VALUES.getOrDefault(TlsMember.CA_CRT, ""));
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(store);
        assertFits(keys);
        assertThat(TlsStores.tls(keys).caCertificate())
                .isEqualTo(TlsStores.tls(TlsStores.KEYS).caCertificate());
        X509Certificate ca = TlsStores.certificate(TlsStores.tls(keys).caCertificate());
        X509Certificate core = TlsStores.certificate(TlsStores.tls(keys).certificate(Component.CORE));
        // The authority's identifier, 30 16 80 14 + 20 octets, is the subject's of the CA, 04 16 04 14 + 20 octets.
        assertThat(core.getExtensionValue("2.5.29.35"))
                .endsWith(Arrays.copyOfRange(ca.getExtensionValue("2.5.29.14"), 4, 24));
    }

    @Test
    void takesPemWithoutItsLastNewline() throws Exception {
        Map<TlsMember, String> stripped = new EnumMap<>(VALUES);
        stripped.replaceAll((member, text) -> text.strip());
        TlsStores.putAll(store, stripped);
        assertThat(TlsStores.values(ClusterKeys.loadOrGenerateWithInternalTls(store)))
                .isEqualTo(stripped);
    }

    @Test
    void addsAMemberThatAnOlderReleaseDidNotKnow() throws Exception {
        TlsStores.storeWith(store);
        unlist(TlsMember.TRIVY_ADAPTER_KEY);
        unlist(TlsMember.TRIVY_ADAPTER_CRT);
        Files.delete(folder().resolve("trivy_adapter.key"));
        Files.delete(folder().resolve("trivy_adapter.crt"));
        assertThat(Stores.refusal(store, () -> ClusterKeys.load(store)))
                .isEqualTo(folder() + " was written by an older harbor-ha and lacks trivy_adapter.key,"
                        + " trivy_adapter.crt; let ClusterKeys.loadOrGenerate add what is missing.");
        Map<String, String> before = Stores.snapshot(store);
        before.remove("internal_tls/store");
        ClusterKeys keys = ClusterKeys.loadOrGenerate(store);
        assertFits(keys);
        assertThat(Stores.snapshot(store)).containsAllEntriesOf(before);
        assertThat(ClusterKeys.load(store)).isEqualTo(keys);
    }

    @Test
    void usesAFileThatTheIndexDoesNotListYet() throws Exception {
        TlsStores.putAll(store, without(TlsMember.CA_KEY));
        ClusterKeys.loadOrGenerateWithInternalTls(store);
        TlsStores.put(store, TlsMember.CA_KEY, VALUES.getOrDefault(TlsMember.CA_KEY, ""));
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        assertThat(TlsStores.values(ClusterKeys.renewInternalTls(store))).containsKey(TlsMember.CA_KEY);
        assertThat(Files.readString(folder().resolve("store"))).contains("\nharbor_internal_ca.key\n");
    }

    @Test
    void readsAnIndexWithOtherCommentsBlanksAndLineEnds() throws Exception {
        TlsStores.storeWith(store);
        String index = Files.readString(folder().resolve("store")).replace("\n", "\r\n");
        Stores.put(folder(), "store", index + "\r\n  # kept in the safe since 2026\r\n");
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
    }

    @Test
    void checksTheSetWheneverTheIndexDoesNotVouchForIt() throws Exception {
        TlsStores.storeWith(store);
        String index = Files.readString(folder().resolve("store"));
        Stores.put(folder(), "store", index.replaceAll("verified .*\n", ""));
        assertThat(ClusterKeys.load(store)).isEqualTo(TlsStores.KEYS);
        TlsStores.put(store, TlsMember.CORE_KEY, TlsStores.value(TlsStores.OTHER_KEYS, TlsMember.CORE_KEY));
        assertThat(Stores.refusal(store, () -> ClusterKeys.load(store)))
                .contains("/core.crt does not belong to the key");
        Stores.put(folder(), "store", index);
        assertThat(Stores.refusal(store, () -> ClusterKeys.load(store)))
                .contains("/core.crt does not belong to the key");
    }

    /** An operator whose CA is elsewhere renews by hand. */
    @Test
    void takesPairsThatWerePutOverTheOldOnes() throws Exception {
        TlsStores.putAll(store, without(TlsMember.CA_KEY));
        ClusterKeys.loadOrGenerateWithInternalTls(store);
        Map<TlsMember, String> renewed = new TlsDraw(TlsStores.RANDOM, Instant.now()).renew(VALUES);
        renewed.remove(TlsMember.CA_KEY);
        TlsStores.putAll(store, renewed);
        assertThat(TlsStores.values(ClusterKeys.load(store))).isEqualTo(renewed);
        assertThat(TlsStores.values(ClusterKeys.loadOrGenerate(store))).isEqualTo(renewed);
    }

    @Test
    void completesWhatAKilledProcessLeft() throws Exception {
        List<TlsMember> written = new ArrayList<>();
        for (TlsMember member : TlsMember.values()) {
            assertCompletes(written, member.fileName());
            written.add(member);
        }
        assertCompletes(written, "store");
    }

    /** A process was killed after it wrote some members, and while it wrote the next one, or the index. */
    private void assertCompletes(List<TlsMember> written, String next) throws Exception {
        Path killed = temp.resolve("killed-" + written.size());
        TlsStores.storeWithout(killed);
        Path folder = TlsStores.folder(killed);
        for (TlsMember member : written) {
            TlsStores.put(killed, member, VALUES.getOrDefault(member, ""));
        }
        Stores.put(folder, "." + next + ".unfinished", "a half");
        assertThat(ClusterKeys.load(killed)).isEqualTo(Stores.KEYS);
        assertThat(ClusterKeys.loadOrGenerate(killed)).isEqualTo(Stores.KEYS);
        ClusterKeys keys = ClusterKeys.loadOrGenerateWithInternalTls(killed);
        assertFits(keys);
        assertThat(ClusterKeys.load(killed)).isEqualTo(keys);
        for (TlsMember member : written) {
            assertThat(TlsStores.values(keys).get(member)).isEqualTo(VALUES.get(member));
        }
        assertThat(Stores.names(folder)).doesNotContain("." + next + ".unfinished");
    }

    @Test
    void renewsAllPairsAndNothingElse() throws Exception {
        TlsStores.storeWith(store);
        Map<String, String> before = Stores.snapshot(store);
        ClusterKeys renewed = ClusterKeys.renewInternalTls(store);
        assertFits(renewed);
        assertThat(ClusterKeys.load(store)).isEqualTo(renewed);
        assertThat(Stores.values(renewed)).isEqualTo(Stores.values(TlsStores.KEYS));
        Map<TlsMember, String> values = TlsStores.values(renewed);
        for (TlsMember member : TlsMember.leaves()) {
            assertThat(values.remove(member)).isNotEqualTo(VALUES.get(member));
            before.remove("internal_tls/" + member.fileName());
        }
        assertThat(VALUES).containsAllEntriesOf(values);
        before.remove("internal_tls/store");
        assertThat(Stores.snapshot(store)).containsAllEntriesOf(before).hasSize(before.size() + 15);
        assertThat(Files.readString(folder().resolve("store"))).doesNotContain("renewing");
    }

    /** The pairs of a node that was not installed anew yet, and those of one that was, trust each other. */
    @Test
    void aRenewedPairIsOfTheSameCaAsTheOldOnes() throws Exception {
        TlsStores.storeWith(store);
        InternalTls renewed = TlsStores.tls(ClusterKeys.renewInternalTls(store));
        assertThat(TlsStores.problem(
                        TlsStores.tls(TlsStores.KEYS).caCertificate(),
                        Component.CORE,
                        renewed.certificate(Component.CORE),
                        renewed.key(Component.CORE).reveal()))
                .isEmpty();
    }

    /** A process was killed while it renewed: before, or after, the index that made the new pairs valid. */
    @Test
    void aRenewalThatWasKilledLeavesTheOldSetOrTheNewOne() throws Exception {
        TlsStores.storeWith(store);
        Map<String, String> old = Stores.snapshot(folder());
        ClusterKeys renewed = ClusterKeys.renewInternalTls(store);
        Map<String, String> done = Stores.snapshot(folder());
        List<TlsMember> leaves = List.copyOf(TlsMember.leaves());
        for (int i = 0; i <= leaves.size(); i++) {
            Map<String, String> files = new TreeMap<>(old);
            for (TlsMember member : leaves.subList(0, i)) {
                files.put(newName(member), done.getOrDefault(member.fileName(), ""));
            }
            files.put("." + newName(leaves.get(Math.min(i, leaves.size() - 1))) + ".unfinished", "rw------- a half");
            assertReads(killed(files, "before-" + i), TlsStores.KEYS);
        }
        String renewing = done.getOrDefault("store", "") + "renewing\n";
        for (int i = 0; i <= leaves.size(); i++) {
            Map<String, String> files = new TreeMap<>(old);
            for (TlsMember member : leaves) {
                boolean moved = leaves.indexOf(member) < i;
                files.put(moved ? member.fileName() : newName(member), done.getOrDefault(member.fileName(), ""));
            }
            files.put("store", renewing);
            assertReads(killed(files, "after-" + i), renewed);
        }
    }

    private static String newName(TlsMember member) {
        return "." + member.fileName() + ".renewed";
    }

    /** Makes a store whose folder of internal TLS holds the given files. */
    private Path killed(Map<String, String> files, String name) throws Exception {
        Path killed = TlsStores.storeWithout(temp.resolve(name));
        TlsStores.copy(files, TlsStores.folder(killed));
        return killed;
    }

    private void assertReads(Path killed, ClusterKeys keys) throws Exception {
        Map<String, String> before = Stores.snapshot(killed);
        assertThat(ClusterKeys.load(killed)).isEqualTo(keys);
        assertThat(Stores.snapshot(killed)).isEqualTo(before);
        if (killed.toString().matches(".*-(0|7|14)")) {
            assertRenews(copy(killed), keys);
        }
        boolean begun = before.getOrDefault("internal_tls/store", "").contains("renewing");
        assertThat(ClusterKeys.loadOrGenerate(killed)).isEqualTo(keys);
        assertThat(ClusterKeys.load(killed)).isEqualTo(keys);
        if (begun) {
            assertThat(Stores.names(killed)).noneMatch(name -> name.endsWith(".renewed"));
            for (TlsMember member : TlsMember.values()) {
                assertThat(Files.readString(killed.resolve("internal_tls/" + member.fileName())))
                        .isEqualTo(TlsStores.value(keys, member));
            }
        }
        if (killed.toString().matches(".*-(1|13)")) {
            assertRenews(killed, keys);
        }
    }

    private Path copy(Path killed) throws Exception {
        Map<String, String> files = Stores.snapshot(killed.resolve("internal_tls"));
        return killed(files, killed.getFileName() + "-again");
    }

    private static void assertRenews(Path killed, ClusterKeys keys) throws Exception {
        ClusterKeys next = ClusterKeys.renewInternalTls(killed);
        assertThat(next).isNotEqualTo(keys);
        assertThat(ClusterKeys.load(killed)).isEqualTo(next);
        assertFits(next);
        assertThat(Stores.names(killed)).noneMatch(name -> name.endsWith(".renewed"));
    }

    private void unlist(TlsMember member) throws Exception {
        String index = Files.readString(folder().resolve("store"));
        assertThat(index).contains("\n" + member.fileName() + "\n");
        Stores.put(folder(), "store", index.replace("\n" + member.fileName() + "\n", "\n"));
    }
}
