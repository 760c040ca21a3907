/** A run's files on disk: what it writes, what it takes over from claims before it, and how much room there is. */
@NullMarked
package dev.windrow.worker.files;

import org.jspecify.annotations.NullMarked;
