package dev.harborha.templates.clusterfile;

import java.util.List;
import java.util.Map;

/** A value of a YAML file that remembers where it stands. */
sealed interface YamlNode {

    /** Returns where the value begins. */
    Mark mark();

    /** Returns what this is in a message, without its content. */
    String kind();

    /**
     * Anything but a list or a map, exactly as it was written: which type it has is for the key to say.
     *
     * @param plain whether it was written without quotes
     */
    record Scalar(Mark mark, String text, boolean plain) implements YamlNode {

        /** Tells whether a reader of YAML takes this for nothing. */
        boolean isNull() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "text";
        }

        /** Returns the place alone, since the text may be a secret. */
        @Override
        public String toString() {
            return "Scalar at " + mark;
        }
    }

    /**
     * A list.
     *
     * @param flow whether it was written in brackets
     */
    record Sequence(Mark mark, List<YamlNode> items, boolean flow) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A map.
     *
     * @param flow whether it was written in braces
     */
    record Mapping(Mark mark, Map<String, Entry> entries, boolean flow) implements YamlNode {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A value that was refused already: nothing more needs to be said of it. */
    record Refused(Mark mark) implements YamlNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /**
     * A key with its value.
     *
     * @param key where the key stands
     * @param flow whether the map was written in braces
     */
    record Entry(Mark key, YamlNode value, boolean flow) {

        /**
         * Tells whether the key stands alone in braces: then it may be a piece of an unquoted text, since a comma ends a text
         * there, and is not shown.
         */
        boolean isBare() {
            return flow && value instanceof Scalar scalar && scalar.text().isEmpty() && scalar.plain();
        }
    }
}
