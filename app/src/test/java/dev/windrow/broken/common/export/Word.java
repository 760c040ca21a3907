package dev.windrow.broken.common.export;

public record Word() {}
