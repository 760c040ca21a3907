/**
 * Exports that start by themselves: saved, started when they are due, and the newest archive of each at one address.
 * Entry: {@link dev.windrow.api.schedule.ScheduleConfiguration}.
 */
@NullMarked
package dev.windrow.api.schedule;

import org.jspecify.annotations.NullMarked;
