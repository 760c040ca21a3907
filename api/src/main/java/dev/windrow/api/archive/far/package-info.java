/**
 * Reading archives that are not files of this machine: what waits for the network has threads of its own, few, and is
 * given up in time; a container thread is never among them. Entry: {@link dev.windrow.api.archive.far.FarReads}.
 */
@NullMarked
package dev.windrow.api.archive.far;

import org.jspecify.annotations.NullMarked;
