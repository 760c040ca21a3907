package dev.windrow.worker.archive;

/**
 * A finished archive.
 *
 * @param bytes length of the file
 * @param sha256 of the file, in lower-case hex
 */
public record Sealed(long bytes, String sha256) {}
