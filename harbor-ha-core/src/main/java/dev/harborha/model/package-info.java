/**
 * The description of one highly available Harbor: {@link dev.harborha.model.Cluster} and the values it is made of.
 *
 * <p>All types are immutable. A value that is wrong by itself (a port, a name, a URL) cannot be made: its factory throws
 * {@link IllegalArgumentException} with a sentence that says what was found, what is expected and how to mend it. What
 * needs two values to be seen is left to the rules in {@code dev.harborha.validation}. This package knows
 * {@code dev.harborha.secret} and nothing else of the library.
 */
@NullMarked
package dev.harborha.model;

import org.jspecify.annotations.NullMarked;
