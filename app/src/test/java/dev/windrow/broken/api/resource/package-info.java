/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.api.resource;

import org.jspecify.annotations.NullMarked;
