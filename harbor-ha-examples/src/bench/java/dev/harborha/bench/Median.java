package dev.harborha.bench;

import java.util.ArrayList;
import java.util.List;

/** Collects times and tells the middle one. */
final class Median {

    private final List<Double> millis = new ArrayList<>();

    void add(long nanos) {
        millis.add(nanos / 1e6);
    }

    double value() {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
