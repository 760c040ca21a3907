package dev.windrow.worker.archive;

import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.artifact.ZipDirectory;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file back, entry by entry in their order, and checks it against what was written. Remembers the deflated
 * bytes of each entry by their CRC-32, so that the bytes that are digested at the end are those that were inflated. Not
 * thread-safe.
 */
final class Verification implements AutoCloseable {
    private static final int STEP = 1 << 16;

    private static final int MOST_AS_OBJECTS = 10_000;

    private record Read(ReadBack entry, long deflatedCrc) {}

    private final ArchiveFile file;
    private final byte[] deflated = new byte[STEP];
    private final byte[] plain = new byte[STEP];
    private final List<Read> read = new ArrayList<>();
    private @Nullable EntryReading reading;

    Verification(ArchiveFile file) {
        this.file = file;
    }

    /** How many entries were read to their ends. */
    int entriesRead() {
        return read.size();
    }

    /** How many bytes of the entry, the first that was not read to its end, are there to be read. */
    long unread(ArchiveState.Entry entry) {
        return entry.end() - (reading == null ? entry.dataOffset() : reading.at());
    }

    /**
     * Reads on in the first entry that was not read to its end.
     *
     * @param most bytes of the file to read
     * @param bytesRead is told, often, how many bytes of the file were read since it was told last
     */
    void readOn(ArchiveState.Entry entry, long most, LongConsumer bytesRead) throws IOException {
        EntryReading current = reading == null ? new EntryReading(entry) : reading;
        reading = current;
        long end = Math.min(entry.end(), current.at() + most);
        while (current.at() < end) {
            bytesRead.accept(current.readOn(file, end, deflated, plain));
        }
        if (!entry.open() && end == entry.end()) {
            read.add(new Read(current.result(entry), current.deflatedCrc()));
            close();
        }
    }

    /** Reads what was not read yet of these entries, all there are. */
    List<ReadBack> readBack(List<ArchiveState.Entry> entries, LongConsumer bytesRead) throws IOException {
        while (read.size() < entries.size()) {
            readOn(entries.get(read.size()), Long.MAX_VALUE / 2, bytesRead);
        }
        return read.stream().map(Read::entry).toList();
    }

    /**
     * Reads the finished file once, from its first byte to its last, and once more as a reader of ZIP files does.
     *
     * @param blocks is given what is read, and finished
     */
    Sealed seal(List<ArchiveState.Entry> entries, BlockList blocks, LongConsumer bytesRead) throws IOException {
        checkContainer(entries);
        Digests digests = new Digests(blocks, bytesRead);
        long at = 0;
        for (int i = 0; i < entries.size(); i++) {
            ArchiveState.Entry entry = entries.get(i);
            boolean large = entry.compressedBytes() >= BlockList.LARGE;
            digests.read(at, entry.dataOffset(), large);
            long crc = digests.read(entry.dataOffset(), entry.end(), large);
            if (crc != read.get(i).deflatedCrc()) {
                throw new CorruptArchiveException(entry.name(), "it has changed since it was read back");
            }
            at = entry.end();
        }
        long length = file.length();
        digests.read(at, length, false);
        String sha256 = digests.archive.hex();
        blocks.finish(sha256);
        return new Sealed(length, sha256);
    }

    /** What is made of the finished file while it is read. */
    private final class Digests {
        private final Sha256 archive = new Sha256();
        private final BlockList blocks;
        private final LongConsumer bytesRead;

        Digests(BlockList blocks, LongConsumer bytesRead) {
            this.blocks = blocks;
            this.bytesRead = bytesRead;
        }

        /**
         * @param apart whether the list of blocks has a stretch begin and end with these bytes
         * @return CRC-32 of these bytes alone
         */
        long read(long from, long to, boolean apart) throws IOException {
            if (apart) {
                blocks.end();
            }
            CRC32 crc = new CRC32();
            long at = from;
            while (at < to) {
                int length = file.readSome(at, to, deflated);
                archive.update(deflated, 0, length);
                crc.update(deflated, 0, length);
                blocks.update(deflated, length);
                at += length;
                bytesRead.accept(length);
            }
            if (apart) {
                blocks.end();
            }
            return crc.getValue();
        }
    }

    private void checkContainer(List<ArchiveState.Entry> entries) throws IOException {
        checkDirectory(entries);
        // Its objects of very many entries would fill the memory.
        if (entries.size() <= MOST_AS_OBJECTS) {
            checkAsReadersDo(entries);
        }
    }

    private void checkDirectory(List<ArchiveState.Entry> entries) throws IOException {
        try (SeekableByteChannel channel = file.reading()) {
            ZipDirectory directory = ZipDirectory.of(channel);
            for (ArchiveState.Entry written : entries) {
                if (!directory.next()) {
                    throw new CorruptArchiveException(written.name(), "it is not in the directory");
                }
                ZipDirectory.Entry found = directory.entry();
                if (!agree(channel, found, written)) {
                    throw otherwise(found.name());
                }
            }
            if (directory.next()) {
                throw otherwise(directory.entry().name());
            }
        } catch (ZipException e) {
            throw new CorruptArchiveException("the file is no readable ZIP", e);
        }
    }

    private static CorruptArchiveException otherwise(String entry) {
        return new CorruptArchiveException("the directory's entry " + entry + " is not as it was written");
    }

    private static boolean agree(SeekableByteChannel zip, ZipDirectory.Entry found, ArchiveState.Entry written)
            throws IOException {
        return found.name().equals(written.name())
                && found.offset() == written.offset()
                && found.bytes() == written.bytes()
                && found.compressedBytes() == written.compressedBytes()
                && found.crc32() == written.crc32()
                && ZipDirectory.dataOffset(zip, found) == written.dataOffset();
    }

    private void checkAsReadersDo(List<ArchiveState.Entry> entries) throws IOException {
        try (ZipFile zip = open()) {
            Iterator<ArchiveState.Entry> written = entries.iterator();
            for (ZipArchiveEntry found : Collections.list(zip.getEntries())) {
                if (!written.hasNext() || !agree(found, written.next())) {
                    throw otherwise(found.getName());
                }
            }
            if (written.hasNext()) {
                throw new CorruptArchiveException(written.next().name(), "it is not in the directory");
            }
        }
    }

    /** A bad file and a failed read come wrapped alike, and neither is an archive. */
    private ZipFile open() throws CorruptArchiveException {
        try {
            return ZipFile.builder().setSeekableByteChannel(file.reading()).get();
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptArchiveException("the file is no readable ZIP", e);
        }
    }

    private static boolean agree(ZipArchiveEntry found, ArchiveState.Entry written) {
        return found.getName().equals(written.name())
                && found.getLocalHeaderOffset() == written.offset()
                && found.getDataOffset() == written.dataOffset()
                && found.getSize() == written.bytes()
                && found.getCompressedSize() == written.compressedBytes()
                && found.getCrc() == written.crc32();
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }
}
