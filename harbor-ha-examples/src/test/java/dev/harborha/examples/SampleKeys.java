package dev.harborha.examples;

import dev.harborha.keys.ClusterKeys;

/** Keys for all tests of this module; smaller than real ones, because drawing those takes seconds. */
final class SampleKeys {

    static final ClusterKeys KEYS = ClusterKeys.generate(2048);

    private SampleKeys() {}
}
