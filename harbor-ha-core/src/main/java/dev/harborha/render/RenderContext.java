package dev.harborha.render;

import dev.harborha.keys.ClusterKeys;
import dev.harborha.model.Cluster;

/**
 * What a renderer works from: nothing else may decide what it writes.
 *
 * @param cluster the cluster; every secret in it has a value
 * @param keys what all nodes share and nobody types
 */
public record RenderContext(Cluster cluster, ClusterKeys keys) {}
