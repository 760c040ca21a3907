package dev.windrow.broken.common.export;

public interface Runs {}
