/** Reads the rows of any JDBC source by key, one query a leg, and never writes to it. Entry: {@link dev.windrow.common.source.jdbc.JdbcRowSource}. */
@NullMarked
package dev.windrow.common.source.jdbc;

import org.jspecify.annotations.NullMarked;
