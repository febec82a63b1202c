/** How long it takes, and how much memory. */
@NullMarked
package dev.harborha.bench;

import org.jspecify.annotations.NullMarked;
