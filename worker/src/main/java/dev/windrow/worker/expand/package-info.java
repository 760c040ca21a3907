/**
 * Makes columns of the fields of JSON objects, in one pass over the rows. Entry:
 * {@link dev.windrow.worker.expand.ExpandedRows}.
 */
@NullMarked
package dev.windrow.worker.expand;

import org.jspecify.annotations.NullMarked;
