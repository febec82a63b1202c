package dev.harborha.keys;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * The one line of the registry's password file, {@code harbor_registry_user:$2y$05$…}.
 *
 * <p>The cost is 5, as in Harbor, since the registry computes the hash anew for every request.
 */
final class Htpasswd {

    private static final String USER = "harbor_registry_user:";
    private static final int COST = 5;
    private static final int SALT_BYTES = 16;
    private static final int HASH_LENGTH = 60;

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

    /** What takes a quarter of a second; each step more doubles it. */
    private static final int HIGHEST_COST = 12;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private static final String BASE64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String CURE =
            "remove it, and its line in store, so that it is made anew from registry_password";

    private Htpasswd() {}

    /** Returns a line for the password, with a salt of its own. */
    static String line(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return USER + OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, COST);
    }

    /**
     * Returns what an index remembers of a line that was verified: a hash of the line and its password.
     *
     * <p>To verify a line is cheap, but to load Bouncy Castle for it takes longer than all the rest of reading a store.
     * The seal makes that needless as long as neither of the two changed. It stands beside the password itself, in a
     * file with the same mode, so it gives nothing away.
     */
    static String seal(String line, String password) {
        return TokenPair.fingerprint(Pem.ascii(String.join("\n", password, line)));
    }

    /** Makes sure that a line is the only one, well formed, and of this password. */
    static void requireLine(String line, String password, String seal) throws Unfit {
        int length = Member.lengthWithoutNewline(line);
        if (!isWellFormed(line.substring(0, length))) {
            throw new Unfit("is not one line " + USER + "$2y$05$… with a bcrypt hash of cost 5", CURE);
        }
        if (length != line.length()) {
            throw Member.endsWithNewline(length);
        }
        boolean verified = !seal.isEmpty() && MessageDigest.isEqual(Pem.ascii(seal), Pem.ascii(seal(line, password)));
        if (!verified && !OpenBSDBCrypt.checkPassword(line.substring(USER.length()), password.toCharArray())) {
            throw new Unfit("is not of the password in registry_password", CURE);
        }
    }

    /**
     * Tells why a file does not let a user in. As the registry does, it passes over the lines of others, and takes the last of several
     * lines of the user.
     */
    static Optional<String> problem(String file, String user, String password) {
        String name = NAME.matcher(user).matches() ? user : "the user that core names";
        Optional<String> hash = file.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(user + ":"))
                .map(line -> line.substring(user.length() + 1))
                .reduce((earlier, last) -> last);
        if (hash.isEmpty()) {
            return Optional.of("It has no line for " + name + ".");
        }
        Matcher bcrypt = BCRYPT.matcher(hash.get());
        if (!bcrypt.matches()) {
            return Optional.of("The hash of " + name + " is none of bcrypt, the only kind that the registry knows.");
        }
        boolean right = Integer.parseInt(bcrypt.group(1)) > HIGHEST_COST
                || OpenBSDBCrypt.checkPassword(hash.get(), password.toCharArray());
        return right ? Optional.empty() : Optional.of("The hash of " + name + " is of another password.");
    }

    private static boolean isWellFormed(String line) {
        int hash = USER.length();
        if (line.length() != hash + HASH_LENGTH
                || !line.startsWith(USER + "$2")
                || "aby".indexOf(line.charAt(hash + 2)) < 0
                || !line.startsWith("$05$", hash + 3)) {
            return false;
        }
        for (int i = hash + 7; i < line.length(); i++) {
            if (BASE64.indexOf(line.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
