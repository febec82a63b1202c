package dev.harborha.templates.clusterfile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * What is wrong with a text that is no YAML, in our own words: the parser's messages hold pieces of the text, which may be a
 * secret. Its reason is looked at, never passed on; a reason that is not known here gets the general sentence.
 */
final class YamlSyntax {

    static final String GENERAL = "The text is no YAML from here on; check quotes, brackets and indentation.";

    private static final String OPEN_QUOTE = "The quotes that begin here are not closed.";
    private static final String OPEN_BRACKET =
            "The bracket that begins here is not closed, or a comma is missing in it; put a"
                    + " text that begins with a bracket in double quotes.";

    private YamlSyntax() {}

    /** Reports why the parser gave up; {@code last} is the last place that it understood. */
    static void report(JsonProcessingException e, Mark last, Problems problems) {
        if (!(e.getCause() instanceof MarkedYAMLException marked)) {
            JsonLocation location = e.getLocation();
            Mark mark = location == null || location.getLineNr() < 1
                    ? last
                    : new Mark(location.getLineNr(), location.getColumnNr());
            String message = String.valueOf(e.getOriginalMessage());
            problems.add(
                    mark,
                    "",
                    message.startsWith("Expected a field name")
                            ? "A key must be a word, not a list, a map or an alias."
                            : GENERAL);
            return;
        }
        Mark found = mark(marked.getProblemMark(), last);
        Mark begun = mark(marked.getContextMark(), found);
        String context = String.valueOf(marked.getContext());
        String problem = String.valueOf(marked.getProblem());
        if (context.contains("quoted scalar") && problem.startsWith("found unexpected")) {
            problems.add(begun, "", OPEN_QUOTE);
        } else if (problem.startsWith("expected ','")) {
            problems.add(begun, "", OPEN_BRACKET);
        } else if (problem.startsWith("could not find expected ':'")) {
            problems.add(begun, "", "This is no \"key: value\"; a colon with a blank after it is missing.");
        } else {
            problems.add(found, "", sentence(context, problem));
        }
    }

    private static String sentence(String context, String problem) {
        if (problem.startsWith("mapping values are not allowed")) {
            return "A colon with a blank after it cannot stand here; put a text that holds one in double quotes, or mend the"
                    + " indentation.";
        }
        if (problem.startsWith("found character '\\t")) {
            return "A tab cannot stand here in YAML; use blanks.";
        }
        if (problem.startsWith("found character")) {
            return "This begins with a character that YAML keeps for itself; put the text in double quotes.";
        }
        if (context.contains("double-quoted scalar")) {
            return "Double quotes hold a backslash here that begins no escape of YAML; double the backslash, or use single"
                    + " quotes.";
        }
        if (problem.startsWith("expected <block end>, but found '<scalar>'")) {
            return "Text follows a value that is complete already; put the whole text in quotes, or mend the indentation.";
        }
        if (problem.startsWith("expected <block end>")) {
            return "This line does not fit the ones above; mend its indentation.";
        }
        if (problem.startsWith("expected the node content")) {
            return "A value or a closing bracket is missing here.";
        }
        if (context.startsWith("while scanning an a")) {
            return "A text that begins with \"&\" or \"*\" means something else in YAML; put it in double quotes.";
        }
        if (context.contains("block scalar")) {
            return "After \"|\" or \">\" the text begins on the next line; put a text that begins with one of them in double"
                    + " quotes.";
        }
        return GENERAL;
    }

    private static Mark mark(org.yaml.snakeyaml.error.@Nullable Mark mark, Mark otherwise) {
        return mark == null ? otherwise : new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
