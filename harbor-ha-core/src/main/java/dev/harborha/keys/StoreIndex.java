package dev.harborha.keys;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The index of a key store: its format number, its members, and the seal of the verified htpasswd line.
 *
 * <p>It is written last, so a folder that has an index has all files that it lists.
 */
record StoreIndex(Set<Member> members, String htpasswdSeal) {

    static final String FILE_NAME = "store";

    private static final IndexFormat FORMAT = new IndexFormat(
            "harbor-ha keys ", 1, "a key store", "put back the right file, or name another folder for the keys");
    private static final String SEAL = "htpasswd-verified ";
    private static final String ABOUT = """
            # This folder holds the keys that all nodes of one Harbor cluster share.
            # Keep it secret, back it up, and use the same folder for every render of that cluster.
            # Losing it cuts off stored passwords and tokens; drawing it anew means to replace it on all nodes at once.
            """;

    /** Returns the index of a store that holds all members. */
    static StoreIndex ofAll(Map<Member, String> values) {
        String seal = Htpasswd.seal(
                values.getOrDefault(Member.REGISTRY_HTPASSWD, ""), values.getOrDefault(Member.REGISTRY_PASSWORD, ""));
        return new StoreIndex(EnumSet.allOf(Member.class), seal);
    }

    /** Returns the members that this release needs and the index does not list. */
    Set<Member> missing() {
        Set<Member> missing = EnumSet.allOf(Member.class);
        missing.removeAll(members);
        return missing;
    }

    /** Returns the text of the index's file. */
    String text() {
        StringBuilder text = new StringBuilder(FORMAT.firstLine()).append(ABOUT);
        for (Member member : members) {
            text.append(member.fileName()).append('\n');
        }
        return text.append(SEAL).append(htpasswdSeal).append('\n').toString();
    }

    /** Reads the text of an index; {@code file} is named in refusals. */
    static StoreIndex parse(Path file, String text) {
        String[] lines = text.split("\n", -1);
        FORMAT.require(file, lines[0].strip());
        Set<Member> members = EnumSet.noneOf(Member.class);
        String seal = "";
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(SEAL)) {
                seal = line.substring(SEAL.length());
            } else {
                Member member = Member.named(line);
                if (member == null) {
                    throw IndexFormat.newer(file, "it lists a member that this release does not know");
                }
                members.add(member);
            }
        }
        return new StoreIndex(members, seal);
    }
}
