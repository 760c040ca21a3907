/**
 * What is told of exports that ended, to whom, and what became of it: messages, which are carried until they arrive or
 * are given up. Entry: {@link dev.windrow.common.outbox.Outbox} for whoever carries them,
 * {@link dev.windrow.common.outbox.Deliveries} for callers.
 */
@NullMarked
package dev.windrow.common.outbox;

import org.jspecify.annotations.NullMarked;
