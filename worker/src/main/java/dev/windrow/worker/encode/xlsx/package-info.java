/** Rows as a workbook. */
@NullMarked
package dev.windrow.worker.encode.xlsx;

import org.jspecify.annotations.NullMarked;
