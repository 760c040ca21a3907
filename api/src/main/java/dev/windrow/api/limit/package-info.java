/**
 * How much a caller may start, and what is left of it. Entry: {@link dev.windrow.api.limit.StartLimits}.
 */
@NullMarked
package dev.windrow.api.limit;

import org.jspecify.annotations.NullMarked;
