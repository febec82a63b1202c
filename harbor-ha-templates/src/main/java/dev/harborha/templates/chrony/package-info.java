/** The time servers of the nodes. */
@NullMarked
package dev.harborha.templates.chrony;

import org.jspecify.annotations.NullMarked;
