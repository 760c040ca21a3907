package dev.windrow.api.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts ranges together that overlap or touch (RFC 9110, section 15.3.7.2), so that no request makes us send a byte
 * twice.
 */
public final class Spans {
    /** What a part costs beyond its bytes, about; ranges with less between them are cheaper sent as one. */
    private static final int PART_OVERHEAD = 160;

    private Spans() {}

    /**
     * What is to be sent for these ranges, in the order in which they were asked for; empty when the parts would come
     * to no less than the whole file.
     */
    public static Optional<List<ByteRange>> coalesce(List<ByteRange> ranges, long size) {
        if (ranges.size() == 1) {
            return Optional.of(ranges);
        }
        List<Ordered> sorted = IntStream.range(0, ranges.size())
                .mapToObj(i -> new Ordered(ranges.get(i), i))
                .sorted(Comparator.comparingLong(one -> one.range().first()))
                .toList();
        List<Ordered> merged = new ArrayList<>();
        for (Ordered next : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && merged.get(end).touches(next)) {
                merged.set(end, merged.get(end).with(next));
            } else {
                merged.add(next);
            }
        }
        List<ByteRange> spans = merged.stream()
                .sorted(Comparator.comparingInt(Ordered::position))
                .map(Ordered::range)
                .toList();
        long cost =
                spans.stream().mapToLong(span -> span.length() + PART_OVERHEAD).sum();
        return spans.size() > 1 && cost >= size ? Optional.empty() : Optional.of(spans);
    }

    private record Ordered(ByteRange range, int position) {
        boolean touches(Ordered next) {
            return next.range.first() <= range.last() + 1;
        }

        Ordered with(Ordered next) {
            long last = Math.max(range.last(), next.range.last());
            return new Ordered(new ByteRange(range.first(), last), Math.min(position, next.position));
        }
    }
}
