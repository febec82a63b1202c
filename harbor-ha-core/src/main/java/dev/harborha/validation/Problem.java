package dev.harborha.validation;

import dev.harborha.model.ModelPath;
import java.util.Optional;

/**
 * What a rule says of one element of one cluster. It never holds a secret.
 *
 * @param path the element
 * @param message the fact, with what was found and what is expected
 * @param fix what to do about this very element, in the words of this library's API; absent where the rule's own
 *     {@link RuleInfo#fix()} says it all
 */
public record Problem(ModelPath path, String message, Optional<String> fix) {

    /** Makes a problem whose cure is the rule's own. */
    public Problem(ModelPath path, String message) {
        this(path, message, Optional.empty());
    }

    /** Makes a problem with a cure for this very element. */
    public Problem(ModelPath path, String message, String fix) {
        this(path, message, Optional.of(fix));
    }
}
