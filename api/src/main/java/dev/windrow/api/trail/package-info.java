/** Puts what requests do into the audit. Entry: {@link dev.windrow.api.trail.Trail}. */
@NullMarked
package dev.windrow.api.trail;

import org.jspecify.annotations.NullMarked;
