/** The load balancer's {@code nginx.conf}, and the directive tree that every nginx file is written through. */
@NullMarked
package dev.harborha.templates.nginx;

import org.jspecify.annotations.NullMarked;
