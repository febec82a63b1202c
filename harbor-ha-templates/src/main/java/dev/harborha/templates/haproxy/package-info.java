/** HAProxy's configuration, and the writer that knows its quoting. */
@NullMarked
package dev.harborha.templates.haproxy;

import org.jspecify.annotations.NullMarked;
