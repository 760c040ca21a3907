/** Schedules over JDBC, in the status database. Entry: {@link dev.windrow.common.schedule.jdbc.JdbcSchedules}. */
@NullMarked
package dev.windrow.common.schedule.jdbc;

import org.jspecify.annotations.NullMarked;
