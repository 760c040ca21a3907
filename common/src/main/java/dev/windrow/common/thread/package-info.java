/** Threads that do not keep the process alive. */
@NullMarked
package dev.windrow.common.thread;

import org.jspecify.annotations.NullMarked;
