/**
 * What all renderers together must hold: properties over generated clusters, the readers of the rendered files as judges, and
 * golden bundles.
 */
@NullMarked
package dev.harborha.templates.rendering;

import org.jspecify.annotations.NullMarked;
