package dev.windrow.api.download;

/**
 * A part of a file that is there.
 *
 * @param first its first byte, counted from 0
 * @param last its last byte
 */
record ByteRange(long first, long last) {
    ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("range: " + first + "-" + last);
        }
    }

    static ByteRange whole(long size) {
        return new ByteRange(0, size - 1);
    }

    long length() {
        return last - first + 1;
    }

    /** The value of a {@code Content-Range} header (RFC 9110, section 14.4). */
    String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
