package dev.windrow.broken.api.status;

public record Shown() {}
