/**
 * What {@code check-catalog} asks of a live database: columns, keys, order and plans, without running a query. {@link
 * dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector} is the door.
 */
@NullMarked
package dev.windrow.common.source.jdbc.inspect;

import org.jspecify.annotations.NullMarked;
