/**
 * The bell: the only place that knows JobRunr. Entry: {@link dev.windrow.worker.queue.Bell} to ring,
 * {@link dev.windrow.worker.queue.Worker} to answer.
 */
@NullMarked
package dev.windrow.worker.queue;

import org.jspecify.annotations.NullMarked;
