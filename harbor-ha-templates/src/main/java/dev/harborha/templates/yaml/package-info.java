/** {@link dev.harborha.templates.yaml.YamlText}: YAML that every reader takes for the same values. */
@NullMarked
package dev.harborha.templates.yaml;

import org.jspecify.annotations.NullMarked;
