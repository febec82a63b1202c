/**
 * For authors of rules: what a rule finds in examples of theirs, and whether it keeps the contract that all rules keep. For
 * tests; it needs no test framework and says what is wrong by {@link java.lang.AssertionError}.
 */
@NullMarked
package dev.harborha.testkit;

import org.jspecify.annotations.NullMarked;
