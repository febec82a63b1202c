package dev.harborha.examples;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The day by which certificates are judged. */
final class DayOption implements ITypeConverter<LocalDate> {

    private static final String NAME = "--on";

    static OptionSpec option() {
        return OptionSpec.builder(NAME)
                .paramLabel("DAY")
                .type(LocalDate.class)
                .converters(new DayOption())
                .description("The day by which certificates are judged, as in 2027-01-31. Default: today.")
                .build();
    }

    /** Returns the day that was given, or today's in UTC, in which certificates count. */
    static LocalDate of(ParseResult arguments) {
        return arguments.hasMatchedOption(NAME)
                ? arguments.matchedOptionValue(NAME, LocalDate.EPOCH)
                : LocalDate.now(ZoneOffset.UTC);
    }

    @Override
    public LocalDate convert(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text.replaceAll("\\p{Cntrl}", "?")
                    + "\" is no day; write year, month and day, as in 2027-01-31.");
        }
    }
}
