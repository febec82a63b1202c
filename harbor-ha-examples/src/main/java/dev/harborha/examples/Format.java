package dev.harborha.examples;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** How results are written to standard output. */
enum Format {
    /** For people. */
    TEXT,
    /** For programs: one JSON object with a {@code version}, and nothing else. */
    JSON;

    private static final String OPTION = "--format";

    /** Returns the option that chooses a format. */
    static OptionSpec option() {
        return OptionSpec.builder(OPTION)
                .paramLabel("text|json")
                .type(Format.class)
                .converters(new Name())
                .description("How results are written to standard output: text (the default) or json.")
                .build();
    }

    /** Reads the name of a format. */
    private static final class Name implements ITypeConverter<Format> {

        @Override
        public Format convert(String text) {
            return switch (text) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new TypeConversionException("\"" + text + "\" is no format; use text or json.");
            };
        }
    }

    static Format of(ParseResult arguments) {
        return arguments.matchedOptionValue(OPTION, TEXT);
    }
}
