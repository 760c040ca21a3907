/** Measures Windrow against native tools and other writers; the entry is {@link dev.windrow.benchmarks.Benchmarks}. */
@NullMarked
package dev.windrow.benchmarks;

import org.jspecify.annotations.NullMarked;
