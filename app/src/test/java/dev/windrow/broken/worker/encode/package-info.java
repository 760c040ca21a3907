/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.worker.encode;

import org.jspecify.annotations.NullMarked;
