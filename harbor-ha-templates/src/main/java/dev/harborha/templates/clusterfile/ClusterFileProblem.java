package dev.harborha.templates.clusterfile;

/**
 * One thing that is wrong in a cluster file. It never holds a secret.
 *
 * @param line the line, from 1; 0 where the file as a whole is meant
 * @param column the column, from 1; 0 where the file as a whole is meant
 * @param path the element, as in {@code cluster.nodes[harbor-2].address}; empty where the file as a whole is meant
 * @param message what was found, what is expected, and how to mend it
 */
public record ClusterFileProblem(int line, int column, String path, String message) {

    /** Returns the problem in one line: {@code LINE:COLUMN: path: sentence}, without what is not known. */
    @Override
    public String toString() {
        return (line > 0 ? line + ":" + column + ": " : "") + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
