/** Programs that use the library: small ones to learn from, and the command line. */
@NullMarked
package dev.harborha.examples;

import org.jspecify.annotations.NullMarked;
