package dev.harborha.validation;

import java.util.List;

/** An entry of the {@link RuleBook}: a defect that a rule finds, or one that this library makes impossible. */
public sealed interface BookEntry permits RuleInfo, Prevention {

    /** Returns the id, unique in a book: {@code topic.defect-in-kebab-case}. */
    String id();

    /** Returns what is wrong, or would be, in one short sentence without a full stop. */
    String title();

    /** Returns what happens to people with that defect. */
    String why();

    /** Returns what programs print where the defect strikes; {@code …} stands for anything. */
    List<String> symptoms();

    /** Returns where all that is known from: addresses, or the name of a document. */
    List<String> sources();
}
