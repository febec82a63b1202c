package dev.harborha.model;

/**
 * The place of an element in a cluster, as findings and messages name it: {@code cluster.nodes[harbor-2].address}.
 *
 * @param text the place as text
 */
public record ModelPath(String text) {

    private static final ModelPath CLUSTER = new ModelPath("cluster");

    /** Returns the path of the cluster itself. */
    public static ModelPath cluster() {
        return CLUSTER;
    }

    /** Returns the path of a file in a bundle, as it is written there. */
    public static ModelPath file(String path) {
        return new ModelPath(path);
    }

    /** Tells whether this is the path of a file in a bundle, and of no element of a cluster. */
    public boolean isFile() {
        String root = CLUSTER.text();
        return !(text.equals(root) || text.startsWith(root + ".") || text.startsWith(root + "["));
    }

    /** Returns the path of a part of this element. */
    public ModelPath child(String name) {
        return new ModelPath(text + "." + name);
    }

    /** Returns the path of the member with the given key, such as a node's name. */
    public ModelPath key(String key) {
        return new ModelPath(text + "[" + key + "]");
    }

    /** Returns the path as text. */
    @Override
    public String toString() {
        return text;
    }
}
