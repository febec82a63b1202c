/** The files of a Harbor 2.x node, for all releases from 2.0.0 on: what differs between them is in tables. */
@NullMarked
package dev.harborha.templates.harbor2;

import org.jspecify.annotations.NullMarked;
