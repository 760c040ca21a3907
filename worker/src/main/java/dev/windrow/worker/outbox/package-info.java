/** Messages that wait, carried when they are due, tried again, and given up with a reason. */
@NullMarked
package dev.windrow.worker.outbox;

import org.jspecify.annotations.NullMarked;
