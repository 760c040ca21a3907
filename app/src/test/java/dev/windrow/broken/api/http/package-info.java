/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.api.http;

import org.jspecify.annotations.NullMarked;
