/** A room of the broken house. */
@NullMarked
package dev.windrow.app.broken.common.export;

import org.jspecify.annotations.NullMarked;
