/** What every format is made of: {@link dev.windrow.worker.encode.row.RowEncoder}, its buffer, and values as bytes. */
@NullMarked
package dev.windrow.worker.encode.row;

import org.jspecify.annotations.NullMarked;
