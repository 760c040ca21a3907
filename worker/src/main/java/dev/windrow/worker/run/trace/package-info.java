/** How an operator sees a run who follows exports from process to process. */
@NullMarked
package dev.windrow.worker.run.trace;

import org.jspecify.annotations.NullMarked;
