/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.api.cellar;

import org.jspecify.annotations.NullMarked;
