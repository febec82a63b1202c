/** What the tests of several packages share: generators of clusters and texts, and readers that judge what was written. */
@NullMarked
package dev.harborha.testing;

import org.jspecify.annotations.NullMarked;
