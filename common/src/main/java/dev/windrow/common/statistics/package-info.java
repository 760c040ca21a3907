/**
 * How many exports there are, and how long they wait, for metrics; and how everything stands, for whoever operates it.
 * Entry: {@link dev.windrow.common.statistics.ExportStatistics}, {@link dev.windrow.common.statistics.Operations}.
 */
@NullMarked
package dev.windrow.common.statistics;

import org.jspecify.annotations.NullMarked;
