/**
 * Rules on rendered files: what must be equal on all nodes, or fit together. They read files, not the model, so that
 * they are a second net below the renderers.
 */
@NullMarked
package dev.harborha.audit;

import org.jspecify.annotations.NullMarked;
