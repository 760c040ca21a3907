package dev.windrow.api.archive;

import dev.windrow.api.http.Gzip;
import dev.windrow.common.artifact.ZipDirectory;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.utils.BoundedSeekableByteChannelInputStream;

/**
 * One file of an open archive. Its gzip form (RFC 1952) is a header, the deflate data as it lies in the archive, and a
 * trailer of what the archive's directory says: nothing is unpacked, and it is the same bytes every time. Belongs to
 * one thread at a time.
 */
final class StoredEntry implements Closeable {
    private static final int INFLATED = 1 << 13;

    private final ZipDirectory.Entry entry;
    private SeekableByteChannel archive;
    /** Where its bytes begin; -1 as long as nobody has looked. */
    private long data = -1;

    private StoredEntry(SeekableByteChannel archive, ZipDirectory.Entry entry) {
        this.archive = archive;
        this.entry = entry;
    }

    /**
     * Finds a file by one look through the archive's directory.
     *
     * @param archive closed with the entry; not when there is none
     * @return empty when the archive has none of that name
     */
    static Optional<StoredEntry> find(SeekableByteChannel archive, String name) throws IOException {
        if (name.isEmpty() || name.endsWith("/")) {
            return Optional.empty();
        }
        return ZipDirectory.find(archive, name).map(found -> new StoredEntry(archive, found));
    }

    /** Finds where its bytes begin, and reads them out of another channel to the same archive, which it closes. */
    void readFrom(SeekableByteChannel other) throws IOException {
        data = data();
        archive = other;
    }

    boolean hasGzip() {
        return entry.method() == ZipEntry.DEFLATED;
    }

    /** Of the plain bytes. */
    long bytes() {
        return entry.bytes();
    }

    long length(boolean gzip) {
        return gzip ? gzip().length() : entry.bytes();
    }

    private Gzip gzip() {
        return new Gzip(entry.compressedBytes(), entry.crc32(), entry.bytes());
    }

    /** The bytes, gzipped as they are stored, or plain. Closing the stream closes the entry. */
    InputStream open(boolean gzip) throws IOException {
        return new Closing(gzip ? gzip().around(raw()) : plain(), this);
    }

    /** The plain bytes; closing the stream leaves the archive open. */
    InputStream plain() throws IOException {
        if (entry.method() == ZipEntry.STORED) {
            return raw();
        }
        if (entry.method() != ZipEntry.DEFLATED) {
            throw new IOException("the archive has a file of method " + entry.method());
        }
        // Some versions of zlib want one byte more than there is.
        return new Inflated(new SequenceInputStream(raw(), new ByteArrayInputStream(new byte[1])));
    }

    private InputStream raw() throws IOException {
        return new BoundedSeekableByteChannelInputStream(data(), entry.compressedBytes(), archive);
    }

    private long data() throws IOException {
        if (data >= 0) {
            return data;
        }
        long found = ZipDirectory.dataOffset(archive, entry);
        if (entry.compressedBytes() < 0 || found > archive.size() - entry.compressedBytes()) {
            throw new IOException("the archive's directory names more than there is");
        }
        return found;
    }

    /** Gives the memory of zlib back when it is closed. */
    private static final class Inflated extends InflaterInputStream {
        Inflated(InputStream deflated) {
            super(deflated, new Inflater(true), INFLATED);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
