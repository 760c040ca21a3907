package dev.windrow.app.broken.worker.encode;

public record PublicForNobody() {}
