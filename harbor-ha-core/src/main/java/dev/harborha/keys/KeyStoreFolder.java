package dev.harborha.keys;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The key store on disk: a folder of mode 700 with a file of mode 600 for each member, and an index.
 *
 * <p>What is there is checked before anything is written, and is never overwritten. A writer holds the folder's lock,
 * writes each file whole, in the order of {@link Member}, and the index last. So a writer that dies leaves a part of the
 * members and no index, or the old one; the next one keeps that part and makes the rest. A store whose index lists all
 * members is read without the lock, and so from a folder that cannot be written.
 *
 * <p>A command line reads its store at every run, so the way to a whole store is kept short for a cold JVM: no Bouncy
 * Castle, no certificate factory, and neither a lambda nor a {@code +} on texts, since the first of each costs more time
 * than all the files.
 */
final class KeyStoreFolder {

    /** How long a writer waits for another one; to draw a key of 4096 bits takes seconds on a slow machine. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final PrivateFiles files;
    private final Duration patience;

    KeyStoreFolder(Path folder, Duration patience) {
        this.folder = folder;
        this.files = new PrivateFiles(folder);
        this.patience = patience;
    }

    /** What to do with a store that lacks members. */
    interface Completion {

        /** Throws {@link ClusterKeysException} to refuse the members that are there; writes nothing. */
        void accept(Map<Member, String> found);

        /** Returns all members, those that are there unchanged. */
        Map<Member, String> complete(Map<Member, String> found);
    }

    /** What was found: the members that are there, and the index unless there is none. */
    private record Found(Map<Member, String> values, Optional<StoreIndex> index) {

        boolean isWhole() {
            return index.isPresent() && index.get().missing().isEmpty();
        }
    }

    /** Tells whether there is an index. */
    boolean hasIndex() {
        return files.folderExists() && files.readIfThere(StoreIndex.FILE_NAME).isPresent();
    }

    /** Reads a store that is whole. */
    Map<Member, String> load() {
        if (!files.folderExists()) {
            throw ClusterKeysException.about(
                    folder,
                    "does not exist",
                    "restore the folder from a backup, or make it with ClusterKeys.loadOrGenerate");
        }
        Found found = read();
        if (found.index().isEmpty()) {
            throw ClusterKeysException.about(
                    folder,
                    "holds no key store, because it has no file \"" + StoreIndex.FILE_NAME + "\"",
                    "restore the folder from a backup, or make the store with ClusterKeys.loadOrGenerate");
        }
        Set<Member> missing = found.index().get().missing();
        if (!missing.isEmpty()) {
            StringBuilder names = new StringBuilder();
            for (Member member : missing) {
                names.append(names.length() == 0 ? "" : ", ").append(member.fileName());
            }
            throw ClusterKeysException.about(
                    folder,
                    "was written by an older harbor-ha and lacks " + names,
                    "let ClusterKeys.loadOrGenerate add what is missing");
        }
        return found.values();
    }

    /** Reads the store, or completes it. */
    Map<Member, String> loadOrComplete(Completion completion) {
        // Whatever is refused is refused here, before as much as the lock's file is written.
        Found found = files.folderExists() ? read() : new Found(new EnumMap<>(Member.class), Optional.empty());
        completion.accept(found.values());
        if (found.isWhole()) {
            return found.values();
        }
        files.createFolder();
        return new FolderLock(folder, files, patience).hold(() -> complete(completion));
    }

    private Map<Member, String> complete(Completion completion) {
        Found found = read();
        completion.accept(found.values());
        if (found.isWhole()) {
            return found.values();
        }
        Map<Member, String> all = completion.complete(found.values());
        for (Map.Entry<Member, String> entry : all.entrySet()) {
            if (!found.values().containsKey(entry.getKey())) {
                files.write(entry.getKey().fileName(), entry.getValue());
            }
        }
        files.syncFolder();
        files.write(StoreIndex.FILE_NAME, StoreIndex.ofAll(all).text());
        files.syncFolder();
        return all;
    }

    /**
     * Reads and checks what is there. The index is read first and the members backwards, against the order in which
     * they are written: who reads while another process writes then never sees a member without its source.
     */
    private Found read() {
        Path file = folder.resolve(StoreIndex.FILE_NAME);
        Optional<String> text = files.readIfThere(StoreIndex.FILE_NAME);
        Optional<StoreIndex> index =
                text.isPresent() ? Optional.of(StoreIndex.parse(file, text.get())) : Optional.empty();
        Map<Member, String> values = new EnumMap<>(Member.class);
        Member[] members = Member.values();
        for (int i = members.length - 1; i >= 0; i--) {
            Member member = members[i];
            Optional<String> value = files.readIfThere(member.fileName());
            if (value.isPresent()) {
                values.put(member, value.get());
            } else if (index.isPresent() && index.get().members().contains(member)) {
                throw ClusterKeysException.about(
                        folder.resolve(member.fileName()),
                        "is missing, although " + file + " lists it",
                        "restore it from a backup");
            }
        }
        check(values, index.isPresent() ? index.get().htpasswdSeal() : "");
        return new Found(values, index);
    }

    private void check(Map<Member, String> values, String htpasswdSeal) {
        try {
            Member.checkAll(values, htpasswdSeal);
        } catch (Unfit e) {
            throw ClusterKeysException.about(folder.resolve(e.fileName()), e.problem(), e.cure());
        }
    }
}
