/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.api.front;

import org.jspecify.annotations.NullMarked;
