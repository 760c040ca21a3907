/**
 * Downloads by whoever may see the export: the archive, its checksum, the list of its blocks, its files and the list of
 * them. Entry: {@link dev.windrow.api.download.FileController}.
 */
@NullMarked
package dev.windrow.api.download;

import org.jspecify.annotations.NullMarked;
