/**
 * Starting and stopping exports for doors that are not those of it. Entries:
 * {@link dev.windrow.api.launch.Launches}, {@link dev.windrow.api.launch.Cancels}.
 */
@NullMarked
package dev.windrow.api.launch;

import org.jspecify.annotations.NullMarked;
