package dev.windrow.app.broken.common.export;

public record Word() {}
