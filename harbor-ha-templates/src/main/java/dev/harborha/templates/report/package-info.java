/** Reports and differences as text: for programs as JSON, SARIF and JUnit's XML, for people as a unified diff. */
@NullMarked
package dev.harborha.templates.report;

import org.jspecify.annotations.NullMarked;
