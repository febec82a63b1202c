package dev.harborha.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A volume or port of a service, in the short form of compose (a text) or in its long one (a map).
 *
 * @param key what the container has: a path or a port
 * @param value the whole entry
 * @param more what else is said of it, by key
 */
record ComposeEntry(String key, String value, SortedMap<String, String> more) implements Comparable<ComposeEntry> {

    private static final Pattern VOLUME =
            Pattern.compile("(?:(?<source>[^:]*):)?(?<target>/[^:]*)(?::(?<options>[^:]*))?");
    private static final Pattern PORT =
            Pattern.compile("(?:(?<published>.*):)?(?<target>[^:/]+)(?:/(?<protocol>\\w+))?");

    /** Reads a volume. The flag {@code z} and slashes at the end of a path are left out, as is what is so by default. */
    static ComposeEntry volume(JsonNode entry) {
        SortedMap<String, String> parts = entry.isObject() ? longForm(entry) : shortVolume(entry.asText());
        String source = path(taken(parts, "source"));
        String target = path(taken(parts, "target"));
        parts.remove("type", source.startsWith("/") || source.startsWith(".") ? "bind" : "volume");
        parts.remove("read_only", "!bool false");
        parts.remove("bind.selinux", "z");
        return new ComposeEntry(target, source + " -> " + target, parts);
    }

    private static SortedMap<String, String> shortVolume(String text) {
        Matcher volume = VOLUME.matcher(text);
        require(volume.matches(), "a volume", text);
        SortedMap<String, String> parts = new TreeMap<>();
        if (volume.group("source") != null) {
            parts.put("source", volume.group("source"));
        }
        parts.put("target", volume.group("target"));
        if (volume.group("options") != null) {
            for (String option : volume.group("options").split(",", -1)) {
                if (option.equals("ro")) {
                    parts.put("read_only", "!bool true");
                } else if (!option.equals("z") && !option.equals("rw")) {
                    parts.put("option." + option, FileStatements.PRESENT);
                }
            }
        }
        return parts;
    }

    private static String path(String path) {
        return path.matches("/+") ? "/" : path.replaceFirst("/+$", "");
    }

    /** Reads a port, on the host's address and port where the host has one. */
    static ComposeEntry port(JsonNode entry) {
        SortedMap<String, String> parts = entry.isObject() ? longForm(entry) : shortPort(entry.asText());
        String address = taken(parts, "host_ip");
        String published = YamlStatements.untyped(taken(parts, "published"));
        String target = YamlStatements.untyped(taken(parts, "target"));
        String protocol = taken(parts, "protocol");
        String key = protocol.isEmpty() || protocol.equals("tcp") ? target : target + "/" + protocol;
        String host = address.isEmpty() ? published : address + ":" + published;
        return new ComposeEntry(key, host.isEmpty() ? key : host + ":" + key, parts);
    }

    private static SortedMap<String, String> shortPort(String text) {
        Matcher port = PORT.matcher(YamlStatements.untyped(text));
        require(port.matches(), "a port", text);
        SortedMap<String, String> parts = new TreeMap<>();
        for (String part : new String[] {"published", "target", "protocol"}) {
            if (port.group(part) != null) {
                parts.put(part, port.group(part));
            }
        }
        return parts;
    }

    private static SortedMap<String, String> longForm(JsonNode entry) {
        SortedMap<String, String> parts = new TreeMap<>();
        FileStatements flat = new FileStatements("", parts);
        YamlStatements.add(flat, "", entry);
        SortedMap<String, String> named = new TreeMap<>();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            named.put(part.getKey().substring(2), part.getValue());
        }
        return named;
    }

    private static String taken(SortedMap<String, String> parts, String key) {
        String value = parts.remove(key);
        return value == null ? "" : value;
    }

    private static void require(boolean condition, String what, String text) {
        if (!condition) {
            throw new IllegalArgumentException("not " + what + ": " + text);
        }
    }

    @Override
    public int compareTo(ComposeEntry other) {
        return value.compareTo(other.value);
    }
}
