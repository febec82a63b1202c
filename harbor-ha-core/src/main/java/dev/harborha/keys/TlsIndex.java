package dev.harborha.keys;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The index of the folder of internal TLS: its format number, its members, the seal of the set that was checked, and
 * whether a renewal is under way.
 *
 * <p>It is written last, so a folder that has an index has all files that it lists.
 *
 * @param members what the folder holds
 * @param seal a hash over all texts as they were when they were last checked or drawn; beside the keys themselves and
 *     with the same mode it gives nothing away
 * @param renewing whether new pairs are being moved into their place
 */
record TlsIndex(Set<TlsMember> members, String seal, boolean renewing) {

    static final String FILE_NAME = "store";

    private static final IndexFormat FORMAT = new IndexFormat(
            "harbor-ha internal-tls ",
            1,
            "internal TLS certificates",
            "put back the right file, or remove it so that the certificates are taken up anew");
    private static final String SEAL = "verified ";
    private static final String RENEWING = "renewing";
    private static final String ABOUT = """
            # This folder holds the certificates with which Harbor's components speak TLS among themselves.
            # Keep it secret; whoever has the CA's key can pose as any component.
            # Certificates run out: draw new ones with ClusterKeys.renewInternalTls before they do.
            """;

    /** Returns the index of a set that was checked or drawn. */
    static TlsIndex of(Map<TlsMember, String> values, boolean renewing) {
        return new TlsIndex(EnumSet.copyOf(values.keySet()), sealOf(values), renewing);
    }

    private static String sealOf(Map<TlsMember, String> values) {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<TlsMember, String> entry : values.entrySet()) {
            all.append(entry.getKey().fileName()).append('\0');
            all.append(entry.getValue()).append('\0');
        }
        return TokenPair.fingerprint(Pem.ascii(all.toString()));
    }

    /** Tells whether these are the texts that the index was written for, so that they need not be checked again. */
    boolean vouchesFor(Map<TlsMember, String> values) {
        return MessageDigest.isEqual(Pem.ascii(seal), Pem.ascii(sealOf(values)));
    }

    /** Returns the members that this release needs and the index does not list. */
    Set<TlsMember> missing() {
        Set<TlsMember> missing = TlsMember.required();
        missing.removeAll(members);
        return missing;
    }

    /** Returns the text of the index's file. */
    String text() {
        StringBuilder text = new StringBuilder(FORMAT.firstLine()).append(ABOUT);
        for (TlsMember member : members) {
            text.append(member.fileName()).append('\n');
        }
        text.append(SEAL).append(seal).append('\n');
        return renewing ? text.append(RENEWING).append('\n').toString() : text.toString();
    }

    /** Reads the text of an index; {@code file} is named in refusals. */
    static TlsIndex parse(Path file, String text) {
        String[] lines = text.split("\n", -1);
        FORMAT.require(file, lines[0].strip());
        Set<TlsMember> members = EnumSet.noneOf(TlsMember.class);
        String seal = "";
        boolean renewing = false;
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(SEAL)) {
                seal = line.substring(SEAL.length());
            } else if (line.equals(RENEWING)) {
                renewing = true;
            } else {
                TlsMember member = TlsMember.named(line);
                if (member == null) {
                    throw IndexFormat.newer(file, "it lists a member that this release does not know");
                }
                members.add(member);
            }
        }
        return new TlsIndex(members, seal, renewing);
    }
}
