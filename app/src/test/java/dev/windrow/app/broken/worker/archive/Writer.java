package dev.windrow.app.broken.worker.archive;

import dev.windrow.app.broken.worker.encode.Encoder;

public record Writer(Encoder encoder) {}
