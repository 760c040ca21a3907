/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.cli;

import org.jspecify.annotations.NullMarked;
