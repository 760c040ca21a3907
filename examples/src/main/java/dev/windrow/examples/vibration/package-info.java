/**
 * A recorder of vibrations, made of a camera's sensors: {@link dev.windrow.examples.vibration.VibrationSample} is the
 * way in.
 */
@NullMarked
package dev.windrow.examples.vibration;

import org.jspecify.annotations.NullMarked;
