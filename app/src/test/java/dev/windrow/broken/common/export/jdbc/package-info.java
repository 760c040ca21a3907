/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.common.export.jdbc;

import org.jspecify.annotations.NullMarked;
