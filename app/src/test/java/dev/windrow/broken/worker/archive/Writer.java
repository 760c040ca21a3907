package dev.windrow.broken.worker.archive;

import dev.windrow.broken.worker.encode.Encoder;

public record Writer(Encoder encoder) {}
