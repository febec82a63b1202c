package dev.harborha.render;

import com.google.common.collect.Sets;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The permissions of a rendered file. */
public enum Mode {
    /** {@code rw-r--r--}: everybody may read. */
    PUBLIC("rw-r--r--", "644"),
    /** {@code rw-------}: the owner alone. */
    PRIVATE("rw-------", "600"),
    /** {@code rwxr-xr-x}: a program. */
    EXECUTABLE("rwxr-xr-x", "755");

    private final String text;
    private final String octal;

    Mode(String text, String octal) {
        this.text = text;
        this.octal = octal;
    }

    /** Returns the permissions as {@code chmod} takes them, such as {@code 644}. */
    public String octal() {
        return octal;
    }

    /** Returns the permissions as a set. */
    public Set<PosixFilePermission> permissions() {
        return Sets.immutableEnumSet(PosixFilePermissions.fromString(text));
    }

    /** Returns the permissions as {@code ls} shows them, such as {@code rw-r--r--}. */
    @Override
    public String toString() {
        return text;
    }
}
