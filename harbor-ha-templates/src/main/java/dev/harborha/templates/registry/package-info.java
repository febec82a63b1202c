/** What the registry's own programs read, whatever release of Harbor runs them. */
@NullMarked
package dev.harborha.templates.registry;

import org.jspecify.annotations.NullMarked;
