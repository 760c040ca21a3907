package dev.windrow.examples.sensors;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sensor and its readings, oldest first, which are made while they are read. */
record Sensor(String key, String name, @Nullable String unit, String source, Stream<Reading> readings) {}
