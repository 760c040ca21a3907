/**
 * Sending finished archives, whole or in parts, as RFC 9110 has it. The framework's own ranges ignore If-Range and send the whole
 * file with a 416, so these are ours. Entry: {@link dev.windrow.api.download.FileController}.
 */
@NullMarked
package dev.windrow.api.download;

import org.jspecify.annotations.NullMarked;
