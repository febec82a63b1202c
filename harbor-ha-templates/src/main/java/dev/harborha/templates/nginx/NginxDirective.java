package dev.harborha.templates.nginx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One directive of an nginx configuration: a name, arguments, and perhaps a block of directives.
 *
 * <p>Arguments are either texts, which nginx takes as they are, or variables. A text is quoted where it has to be, so it
 * cannot end its directive or begin another one. nginx has no way of writing a {@code $} that is not a variable, so a text
 * with one is refused.
 */
public final class NginxDirective {

    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/=@,+*~()?^|%&<>!\\[\\]-]+");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

    private final List<String> words = new ArrayList<>();
    private final boolean block;
    private final List<NginxDirective> children;
    private String comment = "";

    private NginxDirective(String firstWord, boolean block, List<NginxDirective> children) {
        this.words.add(firstWord);
        this.block = block;
        this.children = List.copyOf(children);
    }

    /**
     * Returns a directive that ends with a semicolon.
     *
     * @throws IllegalArgumentException if an argument is a text that nginx cannot carry
     */
    public static NginxDirective directive(String name, String... texts) {
        return new NginxDirective(requireName(name), false, List.of()).texts(texts);
    }

    /**
     * Returns an entry of a {@code map} block: a text that is looked for, and to be followed by what it is mapped to.
     *
     * @throws IllegalArgumentException if it is a text that nginx cannot carry
     */
    public static NginxDirective entry(String text) {
        return new NginxDirective(quote(text), false, List.of());
    }

    /** Returns a directive with a block, such as {@code http} or {@code server}. */
    public static NginxDirective block(String name, List<NginxDirective> children) {
        return new NginxDirective(requireName(name), true, children);
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an nginx directive.");
        }
        return name;
    }

    /**
     * Adds arguments that nginx takes as they are.
     *
     * @throws IllegalArgumentException if one has a {@code $}, a control character or half a surrogate pair
     */
    public NginxDirective texts(String... texts) {
        for (String text : texts) {
            words.add(quote(text));
        }
        return this;
    }

    /** Adds an argument that is the value of a variable; the name comes without its {@code $}. */
    public NginxDirective variable(String name) {
        words.add("$" + requireVariable(name));
        return this;
    }

    /**
     * Adds an argument that is a text followed by the value of a variable.
     *
     * @throws IllegalArgumentException if the text has a {@code $}, a control character or half a surrogate pair
     */
    public NginxDirective textAndVariable(String text, String name) {
        String quoted = quote(text);
        words.add(
                quoted.startsWith("\"")
                        ? quoted.substring(0, quoted.length() - 1) + "$" + requireVariable(name) + "\""
                        : quoted + "$" + requireVariable(name));
        return this;
    }

    /**
     * Adds the condition of an {@code if} block: that a variable has a value.
     *
     * @throws IllegalArgumentException if the value has other characters than letters, digits and underscores
     */
    public NginxDirective ifEqual(String variable, String value) {
        words.add("($" + requireVariable(variable) + " = " + requireVariable(value) + ")");
        return this;
    }

    /**
     * Adds an argument in which every {@code $} begins a variable, as in the format of a log. It is for texts that are written
     * out in a renderer, never for one of a cluster.
     *
     * @throws IllegalArgumentException if it has a control character or half a surrogate pair
     */
    public NginxDirective format(String text) {
        words.add(quoted(requireCarried(text)));
        return this;
    }

    /** Puts a comment above the directive; a line break begins another comment line. */
    public NginxDirective because(String why) {
        this.comment = why;
        return this;
    }

    private static String requireVariable(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an nginx variable.");
        }
        return name;
    }

    private static String quote(String text) {
        if (text.indexOf('$') >= 0) {
            throw new IllegalArgumentException(
                    "nginx would take the \"$\" in this text for a variable; choose a text without it.");
        }
        requireCarried(text);
        return BARE.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String requireCarried(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("This text has a control character, which has no place in nginx.conf.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("This text holds half a surrogate pair, which no file can carry.");
        }
        return text;
    }

    /** Returns the text of a configuration: the directives in order, blocks indented by two blanks. */
    public static String write(List<NginxDirective> directives) {
        StringBuilder text = new StringBuilder();
        append(directives, "", text);
        return text.toString();
    }

    private static void append(List<NginxDirective> directives, String indent, StringBuilder text) {
        boolean first = true;
        boolean afterBlock = false;
        for (NginxDirective directive : directives) {
            if (!first && (afterBlock || directive.block || !directive.comment.isEmpty())) {
                text.append('\n');
            }
            first = false;
            afterBlock = directive.block;
            directive
                    .comment
                    .lines()
                    .forEach(line ->
                            text.append(indent).append("# ").append(line).append('\n'));
            text.append(indent).append(String.join(" ", directive.words));
            if (directive.block) {
                text.append(" {\n");
                append(directive.children, indent + "  ", text);
                text.append(indent).append("}\n");
            } else {
                text.append(";\n");
            }
        }
    }

    /** Returns the directive as it is written. */
    @Override
    public String toString() {
        return write(List.of(this));
    }
}
