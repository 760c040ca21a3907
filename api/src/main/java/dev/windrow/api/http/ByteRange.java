package dev.windrow.api.http;

/**
 * A part of a file that is there.
 *
 * @param first its first byte, counted from 0
 * @param last its last byte
 */
public record ByteRange(long first, long last) {
    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("range: " + first + "-" + last);
        }
    }

    public static ByteRange whole(long size) {
        return new ByteRange(0, size - 1);
    }

    public long length() {
        return last - first + 1;
    }

    /** The value of a {@code Content-Range} header (RFC 9110, section 14.4). */
    public String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
