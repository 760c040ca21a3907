/** Statistics of the status table over JDBC. */
@NullMarked
package dev.windrow.common.statistics.jdbc;

import org.jspecify.annotations.NullMarked;
