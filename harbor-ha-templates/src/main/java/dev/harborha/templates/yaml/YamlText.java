package dev.harborha.templates.yaml;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;

/**
 * Writes YAML that the readers of YAML 1.1 and 1.2 take for the same values: PyYAML, SnakeYAML and Go's yaml.v2 disagree on
 * plain words such as {@code no} and {@code 0123}, so every string is in double quotes. The text is pure ASCII, because
 * readers differ on which other characters break a line; long lines are not split, and there is no document marker.
 */
public final class YamlText {

    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

    private final JsonGenerator out;

    private YamlText(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes a tree of {@link Map}, {@link List}, {@link String}, {@link Integer}, {@link Long}, {@link BigDecimal} and {@link
     * Boolean}; maps keep their order.
     *
     * @return the text, ending with a newline
     * @throws IllegalArgumentException if a key has other characters than {@code A-Z a-z 0-9 _ . / -} or does not begin with a
     *     letter or an underscore, a string holds half a surrogate pair, or a value has another type; the message never
     *     holds a value
     */
    public static String write(Map<String, ?> tree) {
        StringWriter text = new StringWriter();
        try (YAMLGenerator generator = factory().createGenerator(text)) {
            new YamlText(generator).map(tree, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static YAMLFactory factory() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(false);
        options.setSplitLines(false);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .dumperOptions(options)
                .build();
    }

    private void map(Map<?, ?> map, String path) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key) || !KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("A key " + place(path)
                        + " is not of letters, digits and _ . / - beginning with a letter or an underscore, so some readers"
                        + " of YAML would change it.");
            }
            out.writeFieldName(key);
            value(entry.getValue(), path.isEmpty() ? key : path + "." + key);
        }
        out.writeEndObject();
    }

    private void value(Object value, String path) throws IOException {
        if (value instanceof String text) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw new IllegalArgumentException(
                        "The text " + place(path) + " holds half a surrogate pair, which no file can carry.");
            }
            out.writeString(text);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number.toPlainString());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Map<?, ?> map) {
            map(map, path);
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (int index = 0; index < list.size(); index++) {
                value(list.get(index), path + "[" + index + "]");
            }
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException("The value " + place(path)
                    + " is no map, list, string, integer, long, decimal or boolean, which are what is written.");
        }
    }

    private static String place(String path) {
        return path.isEmpty() ? "at the top" : "at " + path;
    }
}
