package dev.harborha.model;

import java.util.regex.Pattern;

/** A refused text as a message shows it: in double quotes, shortened, with control characters spelled out. */
final class Quoted {

    private static final int LONGEST = 80;

    /** What may stand before a host in a URL: a scheme, then a user and perhaps a password. */
    private static final Pattern USER = Pattern.compile("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@");

    private Quoted() {}

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        if (text.codePointCount(0, text.length()) > LONGEST) {
            quoted.append('…');
        }
        return quoted.append('"').toString();
    }

    /** Quotes a refused address or URL; whatever stands before an {@code @} may be a password and is not shown. */
    static String address(String text) {
        return of(withoutUser(text));
    }

    static String withoutUser(String text) {
        return USER.matcher(text).replaceFirst("$1***@");
    }
}
