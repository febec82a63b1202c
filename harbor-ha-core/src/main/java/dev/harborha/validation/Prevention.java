package dev.harborha.validation;

import java.util.List;

/**
 * A defect that people really had and that no cluster of this library can have, so that there is no rule about it: its model
 * cannot express it, or what it renders excludes it. The book of rules lists it for those who search for its error text.
 *
 * @param id {@code prevented.defect-in-kebab-case}
 * @param title what goes wrong elsewhere, in one short sentence without a full stop
 * @param why what happens to people with that defect
 * @param how what makes it impossible here
 * @param symptoms what programs print where the defect strikes; {@code …} stands for anything
 * @param sources where it is known from: addresses
 */
public record Prevention(String id, String title, String why, String how, List<String> symptoms, List<String> sources)
        implements BookEntry {

    /**
     * Makes an entry.
     *
     * @throws IllegalArgumentException if the id is malformed, a text is blank, or there is no source
     */
    public Prevention {
        RuleInfo.requireId(id);
        symptoms = List.copyOf(symptoms);
        sources = List.copyOf(sources);
        if (title.isBlank() || why.isBlank() || how.isBlank() || sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "The entry " + id + " needs a title, a reason, a way and at least one source.");
        }
    }
}
