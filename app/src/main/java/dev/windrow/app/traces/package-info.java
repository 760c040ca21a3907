/**
 * Traces for an operator who has named a collector: the port of {@code common.trace} over Micrometer and OpenTelemetry,
 * and what of it may leave the process. Without a collector nothing of this is loaded.
 */
@NullMarked
package dev.windrow.app.traces;

import org.jspecify.annotations.NullMarked;
