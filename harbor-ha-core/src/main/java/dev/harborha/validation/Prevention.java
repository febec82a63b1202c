package dev.harborha.validation;

import java.util.List;
import java.util.function.Consumer;

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

    /**
     * Describes an entry.
     *
     * @throws IllegalArgumentException if the id is malformed, or something is missing
     */
    public static Prevention of(String id, Consumer<Builder> description) {
        Builder builder = new Builder();
        description.accept(builder);
        return new Prevention(id, builder.title, builder.why, builder.how, builder.symptoms, builder.sources);
    }

    /** Describes an entry; all but symptoms is required. */
    public static final class Builder {

        private String title = "";
        private String why = "";
        private String how = "";
        private List<String> symptoms = List.of();
        private List<String> sources = List.of();

        Builder() {}

        /** Sets what goes wrong elsewhere, in one short sentence without a full stop. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** Sets what happens to people with that defect. */
        public Builder why(String why) {
            this.why = why;
            return this;
        }

        /** Sets what makes it impossible here. */
        public Builder how(String how) {
            this.how = how;
            return this;
        }

        /** Sets what programs print where the defect strikes; {@code …} stands for anything. Default: nothing. */
        public Builder symptoms(String... texts) {
            this.symptoms = List.of(texts);
            return this;
        }

        /** Sets where it is known from: addresses. */
        public Builder sources(String... sources) {
            this.sources = List.of(sources);
            return this;
        }
    }
}
