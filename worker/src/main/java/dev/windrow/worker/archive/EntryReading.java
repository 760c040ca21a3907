package dev.windrow.worker.archive;

import dev.windrow.common.artifact.Sha256;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One entry on its way back from the file: inflated as far as it is there, and in the end checked against what was
 * written. Not thread-safe.
 */
final class EntryReading implements AutoCloseable {
    private final String name;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 deflatedCrc = new CRC32();
    private final CRC32 plainCrc = new CRC32();
    private final Sha256 sha256 = new Sha256();
    private long at;
    private long length;

    EntryReading(ArchiveState.Entry entry) {
        this.name = entry.name();
        this.at = entry.dataOffset();
    }

    /** How far it was read, in bytes of the file. */
    long at() {
        return at;
    }

    /** CRC-32 of the deflated bytes so far. */
    long deflatedCrc() {
        return deflatedCrc.getValue();
    }

    /**
     * Reads on, not beyond that place and at most so much as a buffer holds.
     *
     * @param deflated a buffer that nobody else uses meanwhile, and so is the other
     * @return bytes of the file that were read
     */
    int readOn(ArchiveFile file, long end, byte[] deflated, byte[] plain) throws IOException {
        int read = file.readSome(at, end, deflated);
        if (inflater.finished()) {
            throw new CorruptArchiveException(name, "its stream ends too early");
        }
        deflatedCrc.update(deflated, 0, read);
        inflater.setInput(deflated, 0, read);
        at += read;
        try {
            int inflated;
            do {
                inflated = inflater.inflate(plain);
                plainCrc.update(plain, 0, inflated);
                sha256.update(plain, 0, inflated);
                length += inflated;
            } while (inflated == plain.length);
        } catch (DataFormatException e) {
            throw new CorruptArchiveException("entry " + name + " does not inflate", e);
        }
        if (inflater.needsDictionary()) {
            throw new CorruptArchiveException(name, "its stream asks for a dictionary");
        }
        return read;
    }

    /** What was read, all of which must be what was written. */
    ReadBack result(ArchiveState.Entry written) throws CorruptArchiveException {
        if (at != written.end() || !inflater.finished()) {
            throw new CorruptArchiveException(name, "its stream has no end");
        }
        if (inflater.getRemaining() != 0) {
            throw new CorruptArchiveException(name, "its stream ends too early");
        }
        if (length != written.bytes()) {
            throw new CorruptArchiveException(
                    name, "it has " + length + " bytes, " + written.bytes() + " were written");
        }
        if (plainCrc.getValue() != written.crc32()) {
            throw new CorruptArchiveException(
                    name, "its CRC-32 is " + plainCrc.getValue() + ", that of what was written " + written.crc32());
        }
        return new ReadBack(name, length, sha256.hex());
    }

    @Override
    public void close() {
        inflater.end();
    }
}
