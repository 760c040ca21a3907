/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.common.export;

import org.jspecify.annotations.NullMarked;
