/** What becomes of an export whose run has failed. Entry: {@link dev.windrow.worker.run.retry.Retry}. */
@NullMarked
package dev.windrow.worker.run.retry;

import org.jspecify.annotations.NullMarked;
