/**
 * Finished archives: found by their export, opened, and sent whole, in parts, or a file of them, as RFC 9110 has it.
 * The framework's own ranges ignore If-Range and send the whole file with a 416, so these are ours. Entries:
 * {@link dev.windrow.api.archive.Archives}, {@link dev.windrow.api.archive.Delivery}.
 */
@NullMarked
package dev.windrow.api.archive;

import org.jspecify.annotations.NullMarked;
