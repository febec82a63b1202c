package dev.harborha.templates.rendering;

import dev.harborha.model.Cluster;
import dev.harborha.model.ClusterBuilder;
import java.util.function.BiConsumer;

/**
 * A place in a cluster that takes a text as it is.
 *
 * @param name its name
 * @param base the cluster around it
 * @param marker a text that it takes
 * @param secret whether the text is a secret
 * @param set puts a text there
 */
record FreeField(String name, Cluster base, String marker, boolean secret, BiConsumer<ClusterBuilder, String> set) {

    /** Returns a cluster that has a text in this place; everything else is always the same. */
    Cluster with(String text) {
        ClusterBuilder builder = base.toBuilder();
        set.accept(builder, text);
        return builder.build();
    }

    @Override
    public String toString() {
        return name;
    }
}
