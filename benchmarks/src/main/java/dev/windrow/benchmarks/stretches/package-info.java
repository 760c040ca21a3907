/**
 * One file made in stretches between borders of its blocks, each by itself, and put together to the bytes of a single
 * run: a trial of decision 120, no part of the product. Entry: {@link dev.windrow.benchmarks.stretches.StretchedFile}.
 */
@NullMarked
package dev.windrow.benchmarks.stretches;

import org.jspecify.annotations.NullMarked;
