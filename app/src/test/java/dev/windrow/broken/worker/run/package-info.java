/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.worker.run;

import org.jspecify.annotations.NullMarked;
