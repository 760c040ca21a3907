/**
 * What an export is: its states and which may follow which, its progress, its checkpoints, and why it failed. Entry:
 * {@link dev.windrow.common.export.Exports}, the status table, and {@link dev.windrow.common.export.ExportQueue}, the
 * bell.
 */
@NullMarked
package dev.windrow.common.export;

import org.jspecify.annotations.NullMarked;
