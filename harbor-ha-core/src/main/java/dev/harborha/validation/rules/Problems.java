package dev.harborha.validation.rules;

import dev.harborha.model.ModelPath;
import dev.harborha.validation.Problem;
import java.util.List;
import java.util.function.Supplier;

/** How rules that look at one place say what they found. */
final class Problems {

    private Problems() {}

    /** Returns one problem if there is the defect, else none. */
    static List<Problem> when(boolean defect, ModelPath path, Supplier<String> message) {
        return defect ? List.of(new Problem(path, message.get())) : List.of();
    }

    /** Returns one problem with a cure of its own if there is the defect, else none. */
    static List<Problem> when(boolean defect, ModelPath path, Supplier<String> message, Supplier<String> fix) {
        return defect ? List.of(new Problem(path, message.get(), fix.get())) : List.of();
    }
}
