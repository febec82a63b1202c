package dev.harborha.templates.clusterfile;

import java.util.List;
import java.util.stream.Collectors;

/** Says everything that is wrong in a cluster file, one problem a line. */
public final class ClusterFileException extends RuntimeException {

    private final transient List<ClusterFileProblem> problems;

    ClusterFileException(String source, List<ClusterFileProblem> problems) {
        super(problems.stream()
                .map(problem -> source + (problem.line() > 0 ? ":" : ": ") + problem)
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Makes a refusal of the file as a whole. */
    static ClusterFileException ofWhole(String source, String message) {
        return new ClusterFileException(source, List.of(new ClusterFileProblem(0, 0, "", message)));
    }

    /** Returns the problems in the order of the file, at least one. */
    public List<ClusterFileProblem> problems() {
        return problems;
    }
}
