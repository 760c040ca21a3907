/**
 * The one sum that both the bytes of an archive and those of a workbook are checked by. Entry:
 * {@link dev.windrow.worker.crc.CrcJoin}.
 */
@NullMarked
package dev.windrow.worker.crc;

import org.jspecify.annotations.NullMarked;
