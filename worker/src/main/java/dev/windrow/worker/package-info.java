/** One package for each stage of a run. */
@NullMarked
package dev.windrow.worker;

import org.jspecify.annotations.NullMarked;
