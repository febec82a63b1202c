package dev.harborha.templates.rendering;

import dev.harborha.render.Bundle;
import dev.harborha.render.Mode;
import dev.harborha.render.Owner;
import dev.harborha.render.RenderedFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The files of a rendered bundle, to be edited as somebody would who does not know better. */
final class EditedBundle {

    private final Map<String, RenderedFile> files = new TreeMap<>();

    EditedBundle(Bundle bundle) {
        bundle.files().forEach(this::put);
    }

    private void put(RenderedFile file) {
        files.put(file.path(), file);
    }

    private RenderedFile get(String path) {
        RenderedFile file = files.get(path);
        if (file == null) {
            throw new AssertionError("There is no " + path + ".");
        }
        return file;
    }

    /** Puts another text into a file. */
    void write(String path, String text) {
        edit(path, any -> text);
    }

    /** Changes the text of a file. */
    void edit(String path, UnaryOperator<String> change) {
        RenderedFile file = get(path);
        String text = change.apply(file.content());
        if (text.equals(file.content())) {
            throw new AssertionError("The edit of " + path + " changes nothing.");
        }
        put(new RenderedFile(path, text, file.mode(), file.owner(), file.secret()));
    }

    /** Puts something in the place of what a pattern finds first in a file. */
    void replace(String path, String pattern, String replacement) {
        edit(path, text -> text.replaceFirst(pattern, replacement));
    }

    void remove(String path) {
        get(path);
        files.remove(path);
    }

    void add(String path, String text) {
        put(RenderedFile.secret(path, text));
    }

    void access(String path, Mode mode, Owner owner) {
        RenderedFile file = get(path);
        put(new RenderedFile(path, file.content(), mode, owner, file.secret() && mode == Mode.PRIVATE));
    }

    Bundle bundle() {
        return Bundle.of(Map.of("edited", List.copyOf(files.values())));
    }
}
