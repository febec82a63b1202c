/** What all load balancers have in common, whatever program they are: what they ask nodes, and how they are installed. */
@NullMarked
package dev.harborha.templates.balancer;

import org.jspecify.annotations.NullMarked;
