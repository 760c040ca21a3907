/**
 * Starting an export: read strictly, check everything, store the row, ring the bell. Entry:
 * {@link dev.windrow.api.start.StartController}.
 */
@NullMarked
package dev.windrow.api.start;

import org.jspecify.annotations.NullMarked;
