package dev.harborha.templates.clusterfile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML in one pass into a tree that remembers where everything stands. It takes maps, lists and texts; what makes one
 * place of a file depend on another (anchors, aliases, merge keys), tags and further documents are refused.
 *
 * <p>The parser does not tell how a text was quoted, nor of an anchor before a text. Both show in the character where the
 * value begins.
 */
final class YamlReader {

    /** The deepest place of a cluster file is on the fifth level. */
    private static final int DEEPEST = 12;

    private final YAMLParser parser;
    private final int[] source;
    private final Problems problems;
    private final StringBuilder path = new StringBuilder("cluster");

    private YamlReader(YAMLParser parser, int[] source, Problems problems) {
        this.parser = parser;
        this.source = source;
        this.problems = problems;
    }

    /** Returns the only document of a text; nothing if there is none, or if the text cannot be read to its end. */
    static Optional<YamlNode> read(String text, Problems problems) {
        int[] source = text.codePoints().toArray();
        if (!YamlCharacters.check(source, problems)) {
            return Optional.empty();
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the size was looked at before
        YAMLFactory factory = YAMLFactory.builder().loaderOptions(options).build();
        try (YAMLParser parser = factory.createParser(text)) {
            return new YamlReader(parser, source, problems).document();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // closing a parser of a String
        }
    }

    private Optional<YamlNode> document() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            YamlNode root = value(first, 0);
            if (parser.nextToken() != null) {
                problems.add(
                        here(),
                        "",
                        "A second document begins here; a cluster file holds one, so remove the line \"---\".");
            }
            return Optional.of(root);
        } catch (TooDeep e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            YamlSyntax.report(e, here(), problems);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            // SnakeYAML lets some malformed escapes through to the JDK's own checks.
            problems.add(here(), "", YamlSyntax.GENERAL);
            return Optional.empty();
        }
    }

    private YamlNode value(JsonToken token, int depth) throws IOException {
        Mark mark = here();
        if (depth > DEEPEST) {
            problems.add(
                    mark, "", "Lists and maps are nested more than " + DEEPEST + " deep here; no cluster file is.");
            throw new TooDeep();
        }
        if (token.isStructStart()) {
            boolean flow = begins('[') || begins('{');
            if (parser.getObjectId() != null) {
                refuseAnchor(mark);
            }
            if (parser.getTypeId() != null) {
                refuseTag(mark);
            }
            return token == JsonToken.START_ARRAY ? sequence(mark, flow, depth) : mapping(mark, flow, depth);
        }
        if (begins('*')) {
            problems.add(
                    mark,
                    path.toString(),
                    "Aliases (\"*name\") are not supported; write the value out, or put a text"
                            + " that begins with \"*\" in double quotes.");
            return new YamlNode.Refused(mark);
        }
        if (begins('&')) {
            refuseAnchor(mark);
            return new YamlNode.Refused(mark);
        }
        if (begins('!')) {
            refuseTag(mark);
            return new YamlNode.Refused(mark);
        }
        boolean plain = !(begins('"') || begins('\'') || begins('|') || begins('>'));
        return new YamlNode.Scalar(mark, parser.getText(), plain);
    }

    private YamlNode sequence(Mark mark, boolean flow, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        int length = path.length();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            path.append("[#").append(items.size() + 1).append(']');
            items.add(value(token, depth + 1));
            path.setLength(length);
        }
        return new YamlNode.Sequence(mark, items, flow);
    }

    private YamlNode mapping(Mark mark, boolean flow, int depth) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        int length = path.length();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            Mark key = here();
            String name = parser.getText();
            boolean refused = refusedKey(key, name);
            path.append('.').append(isWord(name) ? name : "?");
            YamlNode.Entry entry = new YamlNode.Entry(key, value(next(), depth + 1), flow);
            path.setLength(length);
            if (!refused) {
                YamlNode.Entry earlier = entries.putIfAbsent(name, entry);
                if (earlier != null) {
                    problems.add(
                            key,
                            path.toString(),
                            "The key " + (entry.isBare() ? "" : Shown.key(name) + " ")
                                    + "is given a second time; the first is in" + " line "
                                    + earlier.key().line() + ". Remove one of them.");
                }
            }
        }
        return new YamlNode.Mapping(mark, entries, flow);
    }

    private boolean refusedKey(Mark mark, String name) {
        if (begins('&')) {
            refuseAnchor(mark);
            return true;
        }
        if (begins('!')) {
            refuseTag(mark);
            return true;
        }
        if (name.equals("<<")) {
            problems.add(mark, path.toString(), "The merge key \"<<\" is not supported; write the keys out.");
            return true;
        }
        return false;
    }

    private static boolean isWord(String name) {
        return !name.isEmpty() && name.length() <= 40 && name.chars().allMatch(Character::isLetterOrDigit);
    }

    private void refuseAnchor(Mark mark) {
        problems.add(
                mark,
                path.toString(),
                "Anchors (\"&name\") are not supported; remove it, or put a text that begins with"
                        + " \"&\" in double quotes.");
    }

    private void refuseTag(Mark mark) {
        problems.add(
                mark,
                path.toString(),
                "Tags (\"!name\") are not supported; remove it, or put a text that begins with"
                        + " \"!\" in double quotes.");
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IllegalArgumentException("The text ended inside a list or a map.");
        }
        return token;
    }

    private Mark here() {
        JsonLocation location = parser.currentTokenLocation();
        return location.getLineNr() < 1 ? new Mark(1, 1) : new Mark(location.getLineNr(), location.getColumnNr());
    }

    /** Tells whether the token begins with the given character. */
    private boolean begins(char c) {
        long offset = parser.currentTokenLocation().getCharOffset();
        return offset >= 0 && offset < source.length && source[(int) offset] == c;
    }

    /** Ends the reading of a text that is nested too deep. */
    private static final class TooDeep extends RuntimeException {
        TooDeep() {
            super("", null, false, false);
        }
    }
}
