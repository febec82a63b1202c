package dev.harborha.templates.clusterfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. */
final class Problems {

    private static final Comparator<ClusterFileProblem> BY_PLACE =
            Comparator.comparingInt(ClusterFileProblem::line).thenComparingInt(ClusterFileProblem::column);

    private final List<ClusterFileProblem> problems = new ArrayList<>();

    void add(Mark mark, String path, String message) {
        problems.add(new ClusterFileProblem(mark.line(), mark.column(), path, message));
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<ClusterFileProblem> inOrder() {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}
