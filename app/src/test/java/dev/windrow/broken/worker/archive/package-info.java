/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.worker.archive;

import org.jspecify.annotations.NullMarked;
