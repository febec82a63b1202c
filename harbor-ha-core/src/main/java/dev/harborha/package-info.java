/** {@link dev.harborha.HarborHa}, the entrance: check a cluster, render it. */
@NullMarked
package dev.harborha;

import org.jspecify.annotations.NullMarked;
