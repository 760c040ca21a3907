/**
 * What an export looks like to callers: its JSON, its paths, its live figures. Entry:
 * {@link dev.windrow.api.resource.ExportJson}.
 */
@NullMarked
package dev.windrow.api.resource;

import org.jspecify.annotations.NullMarked;
