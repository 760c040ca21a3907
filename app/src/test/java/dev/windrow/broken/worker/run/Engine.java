package dev.windrow.broken.worker.run;

public record Engine() {}
