/** Exports that start by themselves. Entry: {@link dev.windrow.common.schedule.Schedules}. */
@NullMarked
package dev.windrow.common.schedule;

import org.jspecify.annotations.NullMarked;
