/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.worker.sweep;

import org.jspecify.annotations.NullMarked;
