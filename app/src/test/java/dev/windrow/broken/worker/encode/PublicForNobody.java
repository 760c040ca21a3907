package dev.windrow.broken.worker.encode;

public record PublicForNobody() {}
