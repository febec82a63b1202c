/** The writers of files that are neither YAML nor nginx: Python templates, and texts with placeholders. */
@NullMarked
package dev.harborha.templates.text;

import org.jspecify.annotations.NullMarked;
