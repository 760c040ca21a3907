/**
 * Bytes to ZIP in deterministic blocks: deflated on all cores, resumable at every block's end, the same bytes whatever
 * the timing. Begin at {@link dev.windrow.worker.archive.ArchiveWriter}.
 */
@NullMarked
package dev.windrow.worker.archive;

import org.jspecify.annotations.NullMarked;
