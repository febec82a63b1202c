/** {@link dev.harborha.secret.Secret}: a value that prints as stars, and knows where it came from. Depends on nothing. */
@NullMarked
package dev.harborha.secret;

import org.jspecify.annotations.NullMarked;
