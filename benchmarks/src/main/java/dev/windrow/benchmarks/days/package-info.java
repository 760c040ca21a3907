/** Ten days of a server's life in minutes, and whether it ends where it began. */
@NullMarked
package dev.windrow.benchmarks.days;

import org.jspecify.annotations.NullMarked;
