/** Presets over JDBC, in the status database. Entry: {@link dev.windrow.common.preset.jdbc.JdbcPresets}. */
@NullMarked
package dev.windrow.common.preset.jdbc;

import org.jspecify.annotations.NullMarked;
