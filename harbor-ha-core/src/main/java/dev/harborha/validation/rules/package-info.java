/** The built-in rules, a file per topic; {@link dev.harborha.validation.rules.BuiltInRules} lists them all. */
@NullMarked
package dev.harborha.validation.rules;

import org.jspecify.annotations.NullMarked;
