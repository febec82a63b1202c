/**
 * The cluster in one piece: real nginx and real docker-registry started on the files that the library wrote.
 *
 * <p>The support classes here (programs, processes, ports, the object store, a token service, a registry client, a node
 * and a load balancer) make no assumption about the drill that uses them. Everything listens on loopback addresses
 * {@code 127.a.b.c} only, and everything that was started is ended, also when a test fails.
 */
@NullMarked
package dev.harborha.e2e;

import org.jspecify.annotations.NullMarked;
