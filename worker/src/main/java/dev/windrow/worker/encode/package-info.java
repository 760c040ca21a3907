/** Rows to bytes, one encoder for each format. Entry: {@link dev.windrow.worker.encode.Encoders}. */
@NullMarked
package dev.windrow.worker.encode;

import org.jspecify.annotations.NullMarked;
