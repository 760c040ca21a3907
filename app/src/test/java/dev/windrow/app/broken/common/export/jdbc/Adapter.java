package dev.windrow.app.broken.common.export.jdbc;

public record Adapter() {}
