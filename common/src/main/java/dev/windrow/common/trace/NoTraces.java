package dev.windrow.common.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Nobody looks: it makes nothing and keeps nothing. */
public final class NoTraces implements Traces {
    public static final Traces NONE = new NoTraces();

    private static final Span SPAN = new UnseenSpan();
    private static final Scope SCOPE = () -> {};

    private NoTraces() {}

    @Override
    public @Nullable String here() {
        return null;
    }

    @Override
    public Span begin(Activity activity, Place place, @Nullable Instant since) {
        return SPAN;
    }

    @Override
    public Span begin(Activity activity) {
        return SPAN;
    }

    private static final class UnseenSpan implements Span {
        @Override
        public @Nullable String traceparent() {
            return null;
        }

        @Override
        public Span note(Detail detail, String word) {
            return this;
        }

        @Override
        public Span note(Detail detail, long number) {
            return this;
        }

        @Override
        public Scope enter() {
            return SCOPE;
        }

        @Override
        public void fail() {}

        @Override
        public void close() {}
    }
}
