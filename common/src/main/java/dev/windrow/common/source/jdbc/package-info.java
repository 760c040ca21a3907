/**
 * Reads any JDBC database by key, a leg at a time; {@link dev.windrow.common.source.jdbc.JdbcRowSource} is the door.
 * {@code inspect} is a second door, for {@code check-catalog}. Both stand on {@code sql} and {@code value}, and these
 * on {@code sqlite} and {@code connect}; no arrow goes back.
 */
@NullMarked
package dev.windrow.common.source.jdbc;

import org.jspecify.annotations.NullMarked;
