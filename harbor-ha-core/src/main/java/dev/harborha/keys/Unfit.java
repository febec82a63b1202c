package dev.harborha.keys;

/** A text that cannot be what it should be: what is wrong with it, said without its content, and the cure. */
final class Unfit extends Exception {

    /** Stands in a cure for the path of the file that holds the text, quoted for a shell. */
    static final String FILE = "@FILE@";

    private static final long serialVersionUID = 1L;

    private final String fileName;
    private final String problem;
    private final String cure;

    /** Takes the rest of a sentence that begins with the name of the text, and an imperative. */
    Unfit(String problem, String cure) {
        this("", problem, cure);
    }

    private Unfit(String fileName, String problem, String cure) {
        super(problem);
        this.fileName = fileName;
        this.problem = problem;
        this.cure = cure;
    }

    /** Returns the same about the text in the file of the given name. */
    Unfit in(String file) {
        return new Unfit(file, problem, cure);
    }

    /** Returns the name of the file that holds the text, or nothing as long as that is not known. */
    String fileName() {
        return fileName;
    }

    /** Returns the rest of a sentence that begins with the name of the text, as in "is encrypted". */
    String problem() {
        return problem;
    }

    /** Returns what to do about it. */
    String cure() {
        return cure;
    }
}
