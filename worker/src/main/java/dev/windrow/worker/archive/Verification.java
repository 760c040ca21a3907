package dev.windrow.worker.archive;

import dev.windrow.worker.archive.ArchiveWriter.ReadBack;
import dev.windrow.worker.archive.ArchiveWriter.Sealed;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Reads a file back and holds it against what was written. Remembers the deflated bytes of each entry by their CRC-32,
 * so that the bytes that are digested at the end are those that were inflated. Not thread-safe.
 */
final class Verification {
    private static final int STEP = 1 << 16;

    private final ArchiveFile file;
    private final byte[] deflated = new byte[STEP];
    private final Map<String, Long> deflatedCrcs = new HashMap<>();

    Verification(ArchiveFile file) {
        this.file = file;
    }

    boolean hasRead(ArchiveState.Entry entry) {
        return deflatedCrcs.containsKey(entry.name());
    }

    /**
     * Inflates one entry from the file.
     *
     * @param bytesRead is told how many bytes of the file were read since it was told last
     */
    ReadBack readBack(ArchiveState.Entry entry, LongConsumer bytesRead) throws IOException {
        Inflater inflater = new Inflater(true);
        CRC32 deflatedCrc = new CRC32();
        Plain plain = new Plain(entry);
        long at = entry.dataOffset();
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int length = readStep(entry, at);
                    deflatedCrc.update(deflated, 0, length);
                    inflater.setInput(deflated, 0, length);
                    at += length;
                    bytesRead.accept(length);
                }
                plain.take(inflater);
            }
            if (at != entry.end() || inflater.getRemaining() != 0) {
                throw corrupt(entry, "its stream ends too early");
            }
        } catch (DataFormatException e) {
            throw new CorruptArchiveException("entry " + entry.name() + " does not inflate", e);
        } finally {
            inflater.end();
        }
        ReadBack result = plain.result();
        deflatedCrcs.put(entry.name(), deflatedCrc.getValue());
        return result;
    }

    private int readStep(ArchiveState.Entry entry, long at) throws IOException {
        if (at == entry.end()) {
            throw corrupt(entry, "its stream has no end");
        }
        return read(at, entry.end());
    }

    /** What an entry inflates to. */
    private static final class Plain {
        private final ArchiveState.Entry entry;
        private final byte[] bytes = new byte[STEP];
        private final CRC32 crc = new CRC32();
        private final MessageDigest sha256 = sha256();
        private long length;

        Plain(ArchiveState.Entry entry) {
            this.entry = entry;
        }

        void take(Inflater inflater) throws DataFormatException, CorruptArchiveException {
            int inflated = inflater.inflate(bytes);
            if (inflated == 0 && inflater.needsDictionary()) {
                throw corrupt(entry, "its stream asks for a dictionary");
            }
            crc.update(bytes, 0, inflated);
            sha256.update(bytes, 0, inflated);
            length += inflated;
        }

        ReadBack result() throws CorruptArchiveException {
            if (length != entry.bytes()) {
                throw corrupt(entry, "it has " + length + " bytes, " + entry.bytes() + " were written");
            }
            if (crc.getValue() != entry.crc32()) {
                throw corrupt(entry, "its CRC-32 is " + crc.getValue() + ", that of what was written " + entry.crc32());
            }
            return new ReadBack(entry.name(), length, hex(sha256));
        }
    }

    /** Reads the finished file once, from its first byte to its last, and once more as a reader of ZIP files does. */
    Sealed seal(List<ArchiveState.Entry> entries, LongConsumer bytesRead) throws IOException {
        checkContainer(entries);
        MessageDigest sha256 = sha256();
        long at = 0;
        for (ArchiveState.Entry entry : entries) {
            digest(sha256, new CRC32(), at, entry.dataOffset(), bytesRead);
            CRC32 crc = new CRC32();
            digest(sha256, crc, entry.dataOffset(), entry.end(), bytesRead);
            if (!Long.valueOf(crc.getValue()).equals(deflatedCrcs.get(entry.name()))) {
                throw corrupt(entry, "it has changed since it was read back");
            }
            at = entry.end();
        }
        long length = file.length();
        digest(sha256, new CRC32(), at, length, bytesRead);
        return new Sealed(length, hex(sha256));
    }

    private void digest(MessageDigest sha256, CRC32 crc, long from, long to, LongConsumer bytesRead)
            throws IOException {
        long at = from;
        while (at < to) {
            int length = read(at, to);
            sha256.update(deflated, 0, length);
            crc.update(deflated, 0, length);
            at += length;
            bytesRead.accept(length);
        }
    }

    private int read(long at, long to) throws IOException {
        int length = file.read(at, deflated, 0, (int) Math.min(deflated.length, to - at));
        if (length < 0) {
            throw new CorruptArchiveException("the file ends at " + at + ", not at " + to + " or later");
        }
        return length;
    }

    private void checkContainer(List<ArchiveState.Entry> entries) throws IOException {
        try (ZipFile zip = open()) {
            Iterator<ArchiveState.Entry> written = entries.iterator();
            for (ZipArchiveEntry found : Collections.list(zip.getEntries())) {
                if (!written.hasNext() || !agree(found, written.next())) {
                    throw new CorruptArchiveException(
                            "the directory's entry " + found.getName() + " is not as it was written");
                }
            }
            if (written.hasNext()) {
                throw corrupt(written.next(), "it is not in the directory");
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

    private static CorruptArchiveException corrupt(ArchiveState.Entry entry, String why) {
        return new CorruptArchiveException("entry " + entry.name() + " is damaged: " + why);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
