/** What may be exported, as the catalog has it. Entry: {@link dev.windrow.api.dataset.DatasetController}. */
@NullMarked
package dev.windrow.api.dataset;

import org.jspecify.annotations.NullMarked;
