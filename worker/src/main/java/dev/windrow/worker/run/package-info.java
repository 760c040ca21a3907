/**
 * One export from its claim to its end. Entry: {@link dev.windrow.worker.run.ExportRunner}; the pipeline is
 * {@link dev.windrow.worker.run.ExportRun}.
 */
@NullMarked
package dev.windrow.worker.run;

import org.jspecify.annotations.NullMarked;
