package dev.harborha.render;

import dev.harborha.model.Cluster;
import java.util.List;

/**
 * Writes some files of a cluster's machines. Implementations have a public constructor without arguments and are listed in
 * {@code META-INF/services/dev.harborha.render.Renderer}, or are given to {@code HarborHa.with}. They are pure: the same
 * context gives the same files, whatever the time, the machine or its locale.
 */
public interface Renderer {

    /** Returns a short name for messages, such as {@code nginx}. */
    String name();

    /** Tells whether this renderer has something to write for the cluster. */
    boolean supports(Cluster cluster);

    /**
     * Writes the files. Called only for clusters that it {@linkplain #supports(Cluster) supports} and that have no error.
     *
     * @return the files, each path once
     */
    List<RenderedFile> render(RenderContext context);
}
