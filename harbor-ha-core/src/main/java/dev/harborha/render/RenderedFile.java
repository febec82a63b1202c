package dev.harborha.render;

/**
 * One file of a bundle.
 *
 * @param path where it goes below the output folder, with {@code /} between its parts and no {@code ..}
 * @param content the whole text, written as UTF-8
 * @param mode its permissions
 * @param owner who owns it on its machine
 * @param secret whether it holds a secret; such a file is {@link Mode#PRIVATE} and never shown in a diff
 */
public record RenderedFile(String path, String content, Mode mode, Owner owner, boolean secret) {

    /**
     * Makes a file.
     *
     * @throws IllegalArgumentException if the path is absolute, leaves the folder or has unusual characters, or a secret
     *     file would be readable by others
     */
    public RenderedFile {
        if (!isPortable(path)) {
            throw new IllegalArgumentException(
                    "The path " + path
                            + " of a rendered file must be relative, without \"..\", of letters, digits and . _ @ + - between slashes.");
        }
        if (secret && mode != Mode.PRIVATE) {
            throw new IllegalArgumentException("The file " + path + " holds a secret, so its mode must be PRIVATE.");
        }
        if (path.startsWith(BundleWriter.OWN_PREFIX)) {
            throw new IllegalArgumentException("The path " + path + " is kept for the bundle's own bookkeeping.");
        }
    }

    /** One pass over the characters: bundles have hundreds of thousands of paths. */
    static boolean isPortable(String path) {
        int begin = 0;
        boolean dotsOnly = true;
        for (int i = 0; i <= path.length(); i++) {
            char c = i == path.length() ? '/' : path.charAt(i);
            if (c == '/') {
                if (i == begin || (dotsOnly && i - begin <= 2)) {
                    return false;
                }
                begin = i + 1;
                dotsOnly = true;
            } else if (!isPortable(c)) {
                return false;
            } else if (c != '.') {
                dotsOnly = false;
            }
        }
        return true;
    }

    private static boolean isPortable(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._@+-".indexOf(c) >= 0;
    }

    /** Returns a file that everybody may read, owned by root. */
    public static RenderedFile open(String path, String content) {
        return new RenderedFile(path, content, Mode.PUBLIC, Owner.ROOT, false);
    }

    /** Returns a file that holds a secret, owned by root. */
    public static RenderedFile secret(String path, String content) {
        return new RenderedFile(path, content, Mode.PRIVATE, Owner.ROOT, true);
    }

    /** Returns the path, the mode and the length; never the content. */
    @Override
    public String toString() {
        return path + " (" + mode + ", " + content.length() + " characters" + (secret ? ", secret" : "") + ")";
    }
}
