/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.api.status;

import org.jspecify.annotations.NullMarked;
