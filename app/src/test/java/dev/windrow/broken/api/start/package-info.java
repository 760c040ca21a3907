/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.api.start;

import org.jspecify.annotations.NullMarked;
