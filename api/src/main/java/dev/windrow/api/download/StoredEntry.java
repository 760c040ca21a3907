package dev.windrow.api.download;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of an open archive. Its gzip form (RFC 1952) is a header, the deflate data as it lies in the archive, and a trailer of what
 * the archive's directory says: nothing is unpacked, and it is the same bytes every time. Belongs to one thread at a time.
 */
final class StoredEntry implements Closeable {
    private static final String MANIFEST = "manifest.json";
    /** A longer manifest, of very many attachments, is not read for one digest. */
    private static final long MANIFEST_MOST = 1 << 20;

    /** Magic number, deflate, no flags, no time, no word on speed or on the system. */
    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int GZIP_TAIL = 8;

    private final ZipFile zip;
    private final ZipArchiveEntry entry;

    private StoredEntry(ZipFile zip, ZipArchiveEntry entry) {
        this.zip = zip;
        this.entry = entry;
    }

    /**
     * Finds a file.
     *
     * @param archive closed with the entry; not when there is none
     * @return empty when the archive has none of that name
     */
    static Optional<StoredEntry> find(SeekableByteChannel archive, String name) throws IOException {
        // The directory says everything; to read the header of each file too would take long where there are many.
        ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(archive)
                .setIgnoreLocalFileHeader(true)
                .get();
        return Optional.ofNullable(zip.getEntry(name))
                .filter(entry -> !entry.isDirectory())
                .map(entry -> new StoredEntry(zip, entry));
    }

    boolean hasGzip() {
        return entry.getMethod() == ZipEntry.DEFLATED;
    }

    long length(boolean gzip) {
        return gzip ? GZIP_HEAD.length + entry.getCompressedSize() + GZIP_TAIL : entry.getSize();
    }

    /** The bytes, gzipped as they are stored, or plain. Closing the stream closes the entry. */
    InputStream open(boolean gzip) throws IOException {
        if (!gzip) {
            return new Closing(zip.getInputStream(entry), this);
        }
        byte[] tail = ByteBuffer.allocate(GZIP_TAIL)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) entry.getCrc())
                .putInt((int) entry.getSize())
                .array();
        return new Closing(
                new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(GZIP_HEAD),
                        zip.getRawInputStream(entry),
                        new ByteArrayInputStream(tail)))),
                this);
    }

    /** The SHA-256 of the plain bytes in hex, from the archive's manifest; empty where that does not say it. */
    Optional<String> sha256() throws IOException {
        ZipArchiveEntry manifest = zip.getEntry(MANIFEST);
        if (manifest == null || manifest.getSize() > MANIFEST_MOST) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(manifest)) {
            for (JsonNode file : JsonMapper.shared().readTree(in).path("files")) {
                if (file.path("name").asString("").equals(entry.getName())) {
                    return Optional.of(file.path("sha256").asString("")).filter(hex -> hex.matches("[0-9a-f]{64}"));
                }
            }
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException("the manifest can't be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
