/** The library as its hosts see it: other versions of its dependencies, a project of their own. */
@NullMarked
package dev.harborha.consumer;

import org.jspecify.annotations.NullMarked;
