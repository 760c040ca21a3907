/**
 * How an export is doing, and ending it: status, list, cancel, delete. Entry:
 * {@link dev.windrow.api.status.StatusController}; others show an export through
 * {@link dev.windrow.api.resource.ExportJson}.
 */
@NullMarked
package dev.windrow.api.status;

import org.jspecify.annotations.NullMarked;
