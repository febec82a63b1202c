/** The configuration of keepalived, which moves one address between the load balancers. */
@NullMarked
package dev.harborha.templates.keepalived;

import org.jspecify.annotations.NullMarked;
