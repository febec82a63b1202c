/**
 * From a cluster to files: the {@link dev.harborha.render.Renderer} that writers implement, and the {@link
 * dev.harborha.render.Bundle} of what they made. Knows the model and the keys; knows nothing of rules.
 */
@NullMarked
package dev.harborha.render;

import org.jspecify.annotations.NullMarked;
