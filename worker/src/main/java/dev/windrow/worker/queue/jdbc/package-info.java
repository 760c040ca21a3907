/** The database of the bell. Entry: {@link dev.windrow.worker.queue.jdbc.QueueDatabase}. */
@NullMarked
package dev.windrow.worker.queue.jdbc;

import org.jspecify.annotations.NullMarked;
