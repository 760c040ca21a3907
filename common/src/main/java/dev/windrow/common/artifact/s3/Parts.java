package dev.windrow.common.artifact.s3;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file is cut into the parts of a multipart upload: of at least 5 MiB but for the last, and of at most 10,000
 * (Amazon S3 User Guide, "Multipart upload limits"). What the bucket has already is a part by itself, where it is long
 * enough and its neighbours can do without it.
 */
final class Parts {
    /** The least part but for the last, in bytes. */
    static final long LEAST = 5L << 20;
    /** What is sent is cut into parts of about this. */
    static final long USUAL = 8L << 20;

    static final int MOST = 10_000;

    private Parts() {}

    /**
     * A part.
     *
     * @param source the object whose bytes they are; null for bytes that have to be sent
     */
    record Part(long from, long length, @Nullable String source) {
        long end() {
            return from + length;
        }
    }

    /**
     * All of a file.
     *
     * @param there stretches of it that are objects, in order, none over another
     */
    static List<Part> of(long length, List<Part> there) {
        List<Part> stretches = new ArrayList<>();
        long at = 0;
        for (Part part : there) {
            boolean longEnough = part.length() >= LEAST || part.end() == length;
            if (part.from() < at || part.end() > length || !longEnough) {
                continue;
            }
            if (part.from() > at) {
                add(stretches, new Part(at, part.from() - at, null));
            }
            add(stretches, part);
            at = part.end();
        }
        if (at < length) {
            add(stretches, new Part(at, length - at, null));
        }
        List<Part> parts = cut(stretches, USUAL);
        if (parts.size() > MOST) {
            parts = cut(List.of(new Part(0, length, null)), Math.max(USUAL, length / MOST + 1));
        }
        return parts;
    }

    /** What comes after too short a stretch takes it in, and is sent with it. */
    private static void add(List<Part> stretches, Part next) {
        Part last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
        boolean joined = last != null && (last.length() < LEAST || last.source() == null && next.source() == null);
        if (last != null && joined) {
            stretches.set(stretches.size() - 1, new Part(last.from(), last.length() + next.length(), null));
        } else {
            stretches.add(next);
        }
    }

    private static List<Part> cut(List<Part> stretches, long usual) {
        List<Part> parts = new ArrayList<>();
        for (Part stretch : stretches) {
            if (stretch.source() != null) {
                parts.add(stretch);
                continue;
            }
            // The last of a stretch is the longest, of less than twice the usual length.
            long count = Math.max(1, stretch.length() / usual);
            for (long i = 0; i < count; i++) {
                long from = stretch.from() + i * usual;
                long end = i == count - 1 ? stretch.end() : from + usual;
                parts.add(new Part(from, end - from, null));
            }
        }
        return parts;
    }
}
