/**
 * Rules that judge a cluster, and the report of what they found. The rules themselves are in {@code
 * dev.harborha.validation.rules}. Knows the model; knows nothing of rendering.
 */
@NullMarked
package dev.harborha.validation;

import org.jspecify.annotations.NullMarked;
