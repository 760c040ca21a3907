package dev.windrow.common.artifact;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What of runs' files survives the disks of their workers: stretches of a file that only grows, kept in a place that
 * all workers share, each under the name of the claim that wrote it and the place where it begins. Two claims never
 * share a name, and a claim writes a stretch once, or once more with the same bytes; so a zombie changes nothing that
 * its successor reads. Safe for use by many threads and processes.
 */
public interface Segments {
    /**
     * One stretch.
     *
     * @param run whose it is, named as {@link ArtifactStore}'s keys are, without extension
     * @param from where it begins in the run's file, in bytes
     * @param length in bytes, at least 1
     */
    record Segment(String run, long from, long length) {
        /** Where the next one begins. */
        public long end() {
            return from + length;
        }
    }

    /**
     * The least length that a segment may have, but for the last of a file, in bytes. Shorter ones are kept as well,
     * but a store can't make a part of an archive of them.
     */
    long least();

    /**
     * Keeps a stretch of a file, durably: after this returns, the loss of this machine does not undo it. Of what fails
     * nothing is to be seen.
     *
     * @throws java.io.EOFException when the file ends before the stretch does
     */
    void keep(Segment segment, Path file) throws IOException;

    /**
     * Writes a stretch to its place in a file, which is made when it is missing. The bytes are those that were kept, or
     * it fails; what it wrote until then is of no use. Syncs nothing.
     *
     * @param read told how many bytes came, often; what it throws ends the reading
     * @throws NoSuchFileException when nothing, a stretch of another length, or other bytes are kept under that name
     */
    void fetch(Segment segment, Path file, LongConsumer read) throws IOException;

    /** The segments of one run, by where they begin. */
    List<Segment> of(String run) throws IOException;

    /** The names of the runs that anything is kept of. */
    List<String> runs() throws IOException;

    /** Removes everything that is kept of a run. Says nothing when there is nothing. */
    void remove(String run) throws IOException;
}
