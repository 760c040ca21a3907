package dev.windrow.app.traces;

import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.Traces;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows activities by Micrometer's tracer. Whether one is kept was decided where its trace began. */
final class MicrometerTraces implements Traces {
    private final Tracer tracer;

    MicrometerTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public @Nullable String here() {
        io.micrometer.tracing.Span current = tracer.currentSpan();
        return current == null ? null : Traceparent.of(current.context()).toString();
    }

    @Override
    public Span begin(Activity activity, Place place, @Nullable Instant since) {
        io.micrometer.tracing.Span.Builder builder = tracer.spanBuilder().name(activity.label());
        context(place.parent()).ifPresentOrElse(builder::setParent, builder::setNoParent);
        context(place.link()).ifPresent(link -> builder.addLink(new Link(link)));
        if (since != null) {
            builder.startTimestamp(since.toEpochMilli(), TimeUnit.MILLISECONDS);
        }
        return new Shown(builder.start());
    }

    private Optional<TraceContext> context(@Nullable String traceparent) {
        return Traceparent.read(traceparent)
                .map(read -> tracer.traceContextBuilder()
                        .traceId(read.trace())
                        .spanId(read.span())
                        .sampled(read.sampled())
                        .build());
    }

    private final class Shown implements Span {
        private final io.micrometer.tracing.Span span;

        Shown(io.micrometer.tracing.Span span) {
            this.span = span;
        }

        @Override
        public String traceparent() {
            return Traceparent.of(span.context()).toString();
        }

        @Override
        public Span note(Detail detail, String word) {
            span.tag(detail.key(), word);
            return this;
        }

        @Override
        public Span note(Detail detail, long number) {
            span.tag(detail.key(), number);
            return this;
        }

        @Override
        public Scope enter() {
            return tracer.withSpan(span)::close;
        }

        @Override
        public void fail() {
            span.error(new NamelessException());
        }

        @Override
        public void close() {
            span.end();
        }
    }

    /** Marks what went wrong; what it was is in the log and the row, and not for others to keep. */
    private static final class NamelessException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NamelessException() {
            super(null, null, false, false);
        }
    }
}
