/**
 * Connections to a database server, which may go silent. Entry: {@link dev.windrow.common.export.jdbc.pool.ServerPool}.
 */
@NullMarked
package dev.windrow.common.export.jdbc.pool;

import org.jspecify.annotations.NullMarked;
