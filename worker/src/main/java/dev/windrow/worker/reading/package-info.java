/** How a run reads its source: leg by leg or in one snapshot, one row, or a mere count. */
@NullMarked
package dev.windrow.worker.reading;

import org.jspecify.annotations.NullMarked;
