/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.client;

import org.jspecify.annotations.NullMarked;
