/** What the tests of several packages share: generators of clusters and texts, and readers that judge what was written. */
package dev.harborha.testing;
