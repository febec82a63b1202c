package dev.harborha.validation;

import dev.harborha.model.ModelPath;

/**
 * What a rule says of one element of one cluster. It never holds a secret.
 *
 * @param path the element
 * @param message the fact, with what was found and what is expected
 * @param fix what to do, in the words of this library's API
 */
public record Problem(ModelPath path, String message, String fix) {}
