package dev.harborha.render;

/**
 * Who owns a file on the machine that it is for. It is recorded in the manifest; a bundle is written by whoever renders it.
 *
 * @param uid the numeric user id, from 0
 * @param gid the numeric group id, from 0
 */
public record Owner(int uid, int gid) {

    /** User and group 0. */
    public static final Owner ROOT = new Owner(0, 0);

    /**
     * Makes an owner.
     *
     * @throws IllegalArgumentException if an id is negative
     */
    public Owner {
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("User and group ids are not negative; " + uid + ":" + gid + " is.");
        }
    }

    /** Returns {@code uid:gid}. */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
