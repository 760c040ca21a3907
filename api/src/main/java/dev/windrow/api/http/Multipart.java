package dev.windrow.api.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Several parts of an archive as {@code multipart/byteranges} (RFC 9110, section 14.6), laid out before the first byte
 * is sent.
 */
public record Multipart(List<ByteRange> ranges, long size, String boundary, String mediaType) {
    private static final String LINE_END = "\r\n";

    public String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** What stands before a part. */
    public byte[] head(ByteRange range) {
        String head = LINE_END + "--" + boundary + LINE_END + "Content-Type: " + mediaType + LINE_END
                + "Content-Range: " + range.contentRange(size) + LINE_END + LINE_END;
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    /** What stands after the last part. */
    public byte[] tail() {
        return (LINE_END + "--" + boundary + "--" + LINE_END).getBytes(StandardCharsets.US_ASCII);
    }

    public long contentLength() {
        return ranges.stream()
                        .mapToLong(range -> head(range).length + range.length())
                        .sum()
                + tail().length;
    }
}
