package dev.windrow.app.traces;

import io.micrometer.tracing.TraceContext;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in a trace as the W3C writes it, version 00. */
record Traceparent(String trace, String span, boolean sampled) {
    private static final int TRACE = 32;
    private static final int SPAN = 16;
    private static final int LENGTH = 3 + TRACE + 1 + SPAN + 3;

    static Traceparent of(TraceContext context) {
        return new Traceparent(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    /** Empty for what is none. */
    static Optional<Traceparent> read(@Nullable String text) {
        if (text == null || text.length() != LENGTH || !text.startsWith("00-")) {
            return Optional.empty();
        }
        int span = 3 + TRACE + 1;
        int flags = span + SPAN + 1;
        String trace = text.substring(3, span - 1);
        String own = text.substring(span, flags - 1);
        String last = text.substring(flags);
        boolean written = text.charAt(span - 1) == '-' && text.charAt(flags - 1) == '-' && isHex(trace + own + last);
        return written && !isZero(trace) && !isZero(own)
                ? Optional.of(new Traceparent(trace, own, (HexFormat.fromHexDigits(last) & 1) == 1))
                : Optional.empty();
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(each -> HexFormat.isHexDigit(each) && !Character.isUpperCase(each));
    }

    private static boolean isZero(String text) {
        return text.chars().allMatch(each -> each == '0');
    }

    @Override
    public String toString() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
