package dev.harborha.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** Reads a path among the arguments. */
final class PathArgument implements ITypeConverter<Path> {

    /** Returns the parameter that names the cluster file. */
    static PositionalParamSpec clusterFile() {
        return required("FILE", "The cluster, in YAML.");
    }

    /** Returns the only parameter of a command, which must be there. */
    static PositionalParamSpec required(String label, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index("0")
                .arity("1")
                .required(true)
                .type(Path.class)
                .converters(new PathArgument())
                .description(description)
                .build();
    }

    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("a path must not be blank.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("\"" + text + "\" is no path: " + e.getReason() + ".");
        }
    }
}
