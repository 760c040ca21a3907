package dev.windrow.broken.common.export.jdbc;

public record Adapter() {}
