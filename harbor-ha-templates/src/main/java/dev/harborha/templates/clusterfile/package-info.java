/**
 * The cluster file: a {@link dev.harborha.model.Cluster} as YAML. {@link dev.harborha.templates.clusterfile.ClusterFile} lists
 * the keys; the resource {@code reference.yaml} in this package shows all of them, with comments.
 */
@NullMarked
package dev.harborha.templates.clusterfile;

import org.jspecify.annotations.NullMarked;
