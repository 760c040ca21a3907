/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.common.source;

import org.jspecify.annotations.NullMarked;
