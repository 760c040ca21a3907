/** A room of the broken house. */
@NullMarked
package dev.windrow.app.broken.worker.archive;

import org.jspecify.annotations.NullMarked;
