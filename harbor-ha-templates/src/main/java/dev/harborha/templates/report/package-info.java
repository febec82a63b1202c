/** Reports and differences as text: for programs as JSON, for people as a unified diff. */
@NullMarked
package dev.harborha.templates.report;

import org.jspecify.annotations.NullMarked;
