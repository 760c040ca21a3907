package dev.windrow.app.broken.worker.run;

public record Engine() {}
