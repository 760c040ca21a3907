/**
 * Takes finished archives to the places of the settings. Entry:
 * {@link dev.windrow.worker.outbox.place.PlaceCarrier}.
 */
@NullMarked
package dev.windrow.worker.outbox.place;

import org.jspecify.annotations.NullMarked;
