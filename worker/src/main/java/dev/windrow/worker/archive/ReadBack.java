package dev.windrow.worker.archive;

/**
 * An entry as it was read back from the file.
 *
 * @param bytes its plain length
 * @param sha256 of its plain bytes, in lower-case hex
 */
public record ReadBack(String name, long bytes, String sha256) {}
