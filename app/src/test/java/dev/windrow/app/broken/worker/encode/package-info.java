/** A room of the broken house. */
@NullMarked
package dev.windrow.app.broken.worker.encode;

import org.jspecify.annotations.NullMarked;
