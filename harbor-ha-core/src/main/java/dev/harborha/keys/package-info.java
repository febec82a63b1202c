/**
 * {@link dev.harborha.keys.ClusterKeys}: what all nodes of a cluster share and nobody types, drawn once and kept in a
 * folder; depends on {@code dev.harborha.secret} alone, and is the only user of Bouncy Castle.
 */
@NullMarked
package dev.harborha.keys;

import org.jspecify.annotations.NullMarked;
