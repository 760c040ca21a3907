package dev.windrow.api.schedule;

import java.time.Duration;

/**
 * How schedules are looked after.
 *
 * @param longest how long the newest archives of a schedule live on, after their exports have ended, if no newer ones
 *     come
 * @param look the pause between two looks for what is due, and for what has ended
 */
public record ScheduleSettings(Duration longest, Duration look) {}
