package dev.harborha.e2e;

import java.util.List;

/** Passwords with what means something to YAML, to env files, to URLs or to Redis's own configuration. */
final class AwkwardPasswords {

    /** All of them. */
    static final List<String> ALL = List.of(
            "a\"b'c`d: #e $f ${HOME} $$ {g} [h] %41 100% p@ss:w/o?r=d&x",
            "'single'",
            "\"double\"",
            "#no comment",
            " *star and blanks ",
            "!bang [list], {map: x}",
            "[list]",
            "@at",
            "%percent",
            "back\\slash\\n\\",
            "0123456789",
            "null",
            "tab\tand\nline",
            "pässwörd-日本-😀");

    private AwkwardPasswords() {}
}
