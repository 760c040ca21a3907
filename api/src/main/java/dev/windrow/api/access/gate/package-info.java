/**
 * Lets callers in by their credentials, and to each route by their roles. Entry:
 * {@link dev.windrow.api.access.gate.AccessConfiguration}.
 */
@NullMarked
package dev.windrow.api.access.gate;

import org.jspecify.annotations.NullMarked;
