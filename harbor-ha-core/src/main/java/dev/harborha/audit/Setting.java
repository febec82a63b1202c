package dev.harborha.audit;

import dev.harborha.render.RenderedFile;

/**
 * A value that a component is told.
 *
 * @param value what it reads, without quotes
 * @param file where it stands
 */
record Setting(String value, RenderedFile file) {

    /** Never shows the value, which may be a secret. */
    @Override
    public String toString() {
        return "Setting in " + file.path();
    }
}
