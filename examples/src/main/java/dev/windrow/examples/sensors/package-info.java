/** A plant's readings, made from real recordings: {@link dev.windrow.examples.sensors.SensorsSample} is the way in. */
@NullMarked
package dev.windrow.examples.sensors;

import org.jspecify.annotations.NullMarked;
