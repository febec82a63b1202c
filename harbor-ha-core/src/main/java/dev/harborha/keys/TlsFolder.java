package dev.harborha.keys;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of internal TLS in a key store: files named as Harbor names them, and an index.
 *
 * <p>As in {@link KeyStoreFolder}, what is there is checked before anything is written, a writer holds the lock of the
 * store, writes each file whole and the index last, and a whole folder is read without the lock. A folder without an index
 * holds nothing yet: neither what a killed writer left of it nor what an operator put there is used before the next writer
 * takes it up.
 *
 * <p>Only a renewal replaces files, and it must replace many at once. It writes all new ones under other names, then an
 * index that says so, which is the moment of the change, then moves them into their places, and then writes the index
 * without that word. Until then each file is read under its other name if it is there. So whenever the writer dies, the
 * folder is read as the old set or as the new one. A reader that a renewal overtakes sees by the seal that what it read is
 * not one set, and by the index that it changed meanwhile, and reads again.
 */
final class TlsFolder {

    static final String NAME = "internal_tls";

    private final Path store;
    private final PrivateFiles storeFiles;
    private final Path folder;
    private final PrivateFiles files;
    private final Duration patience;

    TlsFolder(Path store, Duration patience) {
        this.store = store;
        this.storeFiles = new PrivateFiles(store);
        this.folder = store.resolve(NAME);
        this.files = PrivateFiles.memberOf(store, NAME);
        this.patience = patience;
    }

    /** What to do with a folder that is not whole. */
    interface Completion {

        /** Returns the members that the folder shall hold. */
        Set<TlsMember> wanted();

        /** Refuses the members that are there, if they cannot be kept or completed; writes nothing. */
        void accept(Map<TlsMember, String> found) throws Unfit;

        /** Returns all members, those that are there unchanged. */
        Map<TlsMember, String> complete(Map<TlsMember, String> found);
    }

    /**
     * How things stand before anything is written.
     *
     * @param whole the set, if it is whole
     * @param isToComplete whether something is to be written
     */
    record State(Optional<InternalTls> whole, boolean isToComplete) {}

    /** What was found: the members that are there, and the index unless there is none. */
    private record Found(Map<TlsMember, String> values, Optional<TlsIndex> index) {

        boolean isWhole(Set<TlsMember> wanted) {
            return index.isPresent()
                    && !index.get().renewing()
                    && index.get().members().containsAll(wanted)
                    && values.keySet().containsAll(wanted);
        }
    }

    /** Returns names for a sentence, in their order. */
    static String namesOf(Set<TlsMember> members) {
        StringBuilder names = new StringBuilder();
        for (TlsMember member : members) {
            names.append(names.length() == 0 ? "" : ", ").append(member.fileName());
        }
        return names.toString();
    }

    /** Reads the set; nothing where there is no index. */
    Optional<InternalTls> load() {
        if (!hasIndex()) {
            return Optional.empty();
        }
        return Optional.of(new InternalTls(requireWhole(read())));
    }

    /** Tells whether there is an index, and so a set. */
    boolean hasIndex() {
        return folderExists() && files.readIfThere(TlsIndex.FILE_NAME).isPresent();
    }

    private boolean folderExists() {
        return storeFiles.folderExists() && files.folderExists();
    }

    private Map<TlsMember, String> requireWhole(Found found) {
        Set<TlsMember> missing = found.index().isPresent() ? found.index().get().missing() : TlsMember.required();
        if (!missing.isEmpty()) {
            throw ClusterKeysException.about(
                    folder,
                    "was written by an older harbor-ha and lacks " + namesOf(missing),
                    "let ClusterKeys.loadOrGenerate add what is missing");
        }
        return found.values();
    }

    /**
     * Tells how things stand, and refuses what {@link #complete} would refuse.
     *
     * @param wanted whether the set is to be made where there is no index; where there is one it is always made whole
     */
    State inspect(Completion completion, boolean wanted) {
        if (!wanted && !hasIndex()) {
            return new State(Optional.empty(), false);
        }
        if (!folderExists()) {
            return new State(Optional.empty(), true);
        }
        Found found = read();
        accept(completion, found);
        return found.isWhole(completion.wanted())
                ? new State(Optional.of(new InternalTls(found.values())), false)
                : new State(Optional.empty(), true);
    }

    /** Completes the set, in a store that is there. */
    InternalTls complete(Completion completion) {
        return new InternalTls(lock().hold(() -> {
            files.createFolder();
            files.folderExists();
            Found found = finishRenewal(read());
            accept(completion, found);
            if (found.isWhole(completion.wanted())) {
                return found.values();
            }
            Map<TlsMember, String> all = completion.complete(found.values());
            for (Map.Entry<TlsMember, String> entry : all.entrySet()) {
                if (!found.values().containsKey(entry.getKey())) {
                    files.write(entry.getKey().fileName(), entry.getValue());
                }
            }
            files.syncFolder();
            writeIndex(all, false);
            storeFiles.syncFolder();
            return all;
        }));
    }

    /** Draws new pairs from the CA that is there. */
    InternalTls renew(TlsDraw draw) {
        if (!hasIndex()) {
            throw ClusterKeysException.about(
                    folder,
                    "holds no internal TLS certificates that were taken up",
                    "make them, or take up those that are there, with ClusterKeys.loadOrGenerateWithInternalTls");
        }
        // Whatever is refused is refused here, before as much as the lock's file is written.
        requireRenewable(draw, read());
        return new InternalTls(lock().hold(() -> {
            Found found = finishRenewal(read());
            requireRenewable(draw, found);
            Map<TlsMember, String> all = draw.renew(found.values());
            for (TlsMember member : TlsMember.leaves()) {
                files.write(newName(member), all.getOrDefault(member, ""));
            }
            files.syncFolder();
            writeIndex(all, true);
            return finishRenewal(new Found(all, Optional.of(TlsIndex.of(all, true))))
                    .values();
        }));
    }

    private void requireRenewable(TlsDraw draw, Found found) {
        try {
            draw.requireRenewable(found.values());
        } catch (Unfit e) {
            throw refusal(e);
        }
    }

    private void accept(Completion completion, Found found) {
        try {
            completion.accept(found.values());
        } catch (Unfit e) {
            throw refusal(e);
        }
    }

    private FolderLock lock() {
        return new FolderLock(store, storeFiles, patience);
    }

    private void writeIndex(Map<TlsMember, String> values, boolean renewing) {
        files.write(TlsIndex.FILE_NAME, TlsIndex.of(values, renewing).text());
        files.syncFolder();
    }

    /** Moves the new files of a renewal that was begun into their places. */
    private Found finishRenewal(Found found) {
        if (found.index().isEmpty() || !found.index().get().renewing()) {
            return found;
        }
        for (TlsMember member : TlsMember.leaves()) {
            files.moveIfThere(newName(member), member.fileName());
        }
        files.syncFolder();
        writeIndex(found.values(), false);
        return new Found(found.values(), Optional.of(TlsIndex.of(found.values(), false)));
    }

    private static String newName(TlsMember member) {
        return ".".concat(member.fileName()).concat(".renewed");
    }

    private Found read() {
        Path file = folder.resolve(TlsIndex.FILE_NAME);
        while (true) {
            Optional<String> text = files.readIfThere(TlsIndex.FILE_NAME);
            Optional<TlsIndex> index =
                    text.isPresent() ? Optional.of(TlsIndex.parse(file, text.get())) : Optional.empty();
            Map<TlsMember, String> values =
                    readMembers(index.isPresent() && index.get().renewing());
            boolean sealed = index.isPresent() && index.get().vouchesFor(values);
            if (sealed || text.equals(files.readIfThere(TlsIndex.FILE_NAME))) {
                Found found = new Found(values, index);
                requireListed(found, file);
                if (!sealed) {
                    check(values);
                }
                return found;
            }
        }
    }

    /** Reads what is there, backwards, as {@link KeyStoreFolder} does. */
    private Map<TlsMember, String> readMembers(boolean renewing) {
        Map<TlsMember, String> values = new EnumMap<>(TlsMember.class);
        TlsMember[] members = TlsMember.values();
        for (int i = members.length - 1; i >= 0; i--) {
            TlsMember member = members[i];
            Optional<String> value = renewing ? files.readIfThere(newName(member)) : Optional.empty();
            if (value.isEmpty()) {
                value = files.readIfThere(member.fileName());
            }
            if (value.isPresent()) {
                values.put(member, value.get());
            }
        }
        return values;
    }

    private void requireListed(Found found, Path index) {
        if (found.index().isEmpty()) {
            return;
        }
        for (TlsMember member : found.index().get().members()) {
            if (!found.values().containsKey(member)) {
                throw ClusterKeysException.about(
                        folder.resolve(member.fileName()),
                        "is missing, although " + index + " lists it",
                        "restore it from a backup");
            }
        }
    }

    private void check(Map<TlsMember, String> values) {
        try {
            TlsPair.checkAll(values);
        } catch (Unfit e) {
            throw refusal(e);
        }
    }

    /** Returns the refusal of a file, or of the folder when no file is named. */
    private ClusterKeysException refusal(Unfit unfit) {
        return ClusterKeysException.about(folder.resolve(unfit.fileName()), unfit.problem(), unfit.cure());
    }
}
