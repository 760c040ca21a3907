/** What recovers what was left undone. Entry: {@link dev.windrow.worker.sweep.Sweeper}. */
@NullMarked
package dev.windrow.worker.sweep;

import org.jspecify.annotations.NullMarked;
