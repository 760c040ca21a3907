/** Who is calling, and what they may do. Entry: {@link dev.windrow.api.access.Callers}. */
@NullMarked
package dev.windrow.api.access;

import org.jspecify.annotations.NullMarked;
