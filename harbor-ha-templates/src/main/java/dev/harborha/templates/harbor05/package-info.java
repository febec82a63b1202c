/** The files of a Harbor 0.5 node and the guide that says how to lay them down. */
@NullMarked
package dev.harborha.templates.harbor05;

import org.jspecify.annotations.NullMarked;
