package dev.harborha.audit;

import dev.harborha.render.RenderedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One machine: a node or a load balancer, and its files. */
final class Machine {

    private final String folder;
    private final List<RenderedFile> files;
    private final Machine first;

    private Machine(String folder, List<RenderedFile> files, List<Machine> alike) {
        this.folder = folder;
        this.files = files;
        this.first = alike.stream().filter(this::hasSameFiles).findFirst().orElse(this);
    }

    /** Returns a machine and remembers it among those before it. */
    static Machine among(Map<Integer, List<Machine>> known, String folder, List<RenderedFile> files) {
        int hash = 0;
        for (RenderedFile file : files) {
            hash = 31 * hash + file.content().hashCode();
        }
        List<Machine> alike = known.computeIfAbsent(hash, any -> new ArrayList<>());
        Machine machine = new Machine(folder, files, alike);
        if (machine.isFirst()) {
            alike.add(machine);
        }
        return machine;
    }

    /** Returns {@code nodes/<name>/} or {@code lb/<name>/}; an empty text for a file of no machine. */
    static String folderOf(String path) {
        int kind = path.startsWith("nodes/") ? 6 : path.startsWith("lb/") ? 3 : 0;
        return kind == 0 ? "" : path.substring(0, path.indexOf('/', kind) + 1);
    }

    private boolean hasSameFiles(Machine other) {
        if (folder.charAt(0) != other.folder.charAt(0) || files.size() != other.files.size()) {
            return false;
        }
        for (int i = 0; i < files.size(); i++) {
            RenderedFile one = files.get(i);
            RenderedFile another = other.files.get(i);
            int rest = one.path().length() - folder.length();
            if (rest != another.path().length() - other.folder.length()
                    || !one.path().regionMatches(folder.length(), another.path(), other.folder.length(), rest)
                    || !one.content().equals(another.content())
                    || one.mode() != another.mode()
                    || one.secret() != another.secret()
                    || !one.owner().equals(another.owner())) {
                return false;
            }
        }
        return true;
    }

    /** Returns the first machine of the same kind that has the same files at the same places; itself if that is the first. */
    Machine first() {
        return first;
    }

    boolean isFirst() {
        return first == this;
    }

    List<RenderedFile> files() {
        return files;
    }

    /** Returns where a file lies on the machine, without a slash at the beginning. */
    String placeOf(RenderedFile file) {
        return file.path().substring(folder.length());
    }

    /** Returns the first file whose place ends with some names, as in {@code core/env}. */
    Optional<RenderedFile> endingWith(String names) {
        for (RenderedFile file : files) {
            if (endsWith(file, names)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    boolean endsWith(RenderedFile file, String names) {
        int begin = file.path().length() - names.length();
        return begin >= folder.length()
                && file.path().endsWith(names)
                && file.path().charAt(begin - 1) == '/';
    }

    /** Returns the file at a place. */
    Optional<RenderedFile> at(String place) {
        for (RenderedFile file : files) {
            if (file.path().length() == folder.length() + place.length()
                    && file.path().endsWith(place)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Returns the files in a folder of the machine, whose path has no slash at its beginning or end. */
    List<RenderedFile> in(String place) {
        String path = folder + place + "/";
        return files.stream().filter(file -> file.path().startsWith(path)).toList();
    }
}
