/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.worker.files;

import org.jspecify.annotations.NullMarked;
