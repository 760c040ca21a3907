/** A room of the broken house. */
@NullMarked
package dev.windrow.app.broken.common.source.jdbc;

import org.jspecify.annotations.NullMarked;
