package dev.harborha.examples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** How results are written. */
enum Format {
    /** For people. */
    TEXT,
    /** For programs: one JSON object with a {@code version}, and nothing else. */
    JSON,
    /** For code hosts and editors: the Static Analysis Results Interchange Format, 2.1.0. */
    SARIF,
    /** For CI servers: JUnit's XML. */
    JUNIT;

    private static final String OPTION = "--format";

    /** Returns the option that chooses one of the given formats; the first one is the default. */
    static OptionSpec option(Format... formats) {
        List<String> names = Arrays.stream(formats).map(Format::word).toList();
        return OptionSpec.builder(OPTION)
                .paramLabel(String.join("|", names))
                .type(Format.class)
                .converters(new Name(List.of(formats)))
                .description("How results are written: " + names.get(0) + " (the default)"
                        + (names.size() == 2 ? " or " : ", ") + either(names.subList(1, names.size())) + ".")
                .build();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String either(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    /** Reads the name of a format. */
    private record Name(List<Format> formats) implements ITypeConverter<Format> {

        @Override
        public Format convert(String text) {
            for (Format format : formats) {
                if (format.word().equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("\"" + text + "\" is no format; use "
                    + either(formats.stream().map(Format::word).collect(Collectors.toList())) + ".");
        }
    }

    static Format of(ParseResult arguments) {
        return arguments.matchedOptionValue(OPTION, TEXT);
    }
}
