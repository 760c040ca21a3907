/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.worker.crowd;

import org.jspecify.annotations.NullMarked;
