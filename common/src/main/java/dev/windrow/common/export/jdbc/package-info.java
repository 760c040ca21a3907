/**
 * The status table on SQLite and PostgreSQL. Entry: {@link dev.windrow.common.export.jdbc.JdbcExports} over a
 * {@link dev.windrow.common.export.jdbc.StatusDatabase}.
 */
@NullMarked
package dev.windrow.common.export.jdbc;

import org.jspecify.annotations.NullMarked;
