/** A room of the broken house. */
@NullMarked
package dev.windrow.broken.common.source.jdbc.sql;

import org.jspecify.annotations.NullMarked;
