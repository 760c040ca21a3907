package dev.windrow.app.traces;

import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a span leaves the process: what is on a list. So whatever a library comes to say of a request, an address
 * with a link's token in it, an exception with a statement in it, stays here.
 */
final class ShownSpan extends DelegatingSpanData {
    private static final Map<String, Activity> ACTIVITIES =
            Stream.of(Activity.values()).collect(Collectors.toMap(Activity::label, Function.identity()));

    /** Of requests, as Spring Boot says them; {@code uri} is the form of the address. */
    private static final Set<String> OF_REQUESTS = Set.of("method", "uri", "status", "outcome");

    private static final Set<String> OF_ACTIVITIES =
            Stream.of(Detail.values()).map(Detail::key).collect(Collectors.toSet());

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final SpanData span;

    private ShownSpan(SpanData span) {
        super(span);
        this.span = span;
    }

    static SpanData of(SpanData span) {
        return new ShownSpan(span);
    }

    /** Activities, and requests: not those of the operator's own probes, nor with words of the caller's own. */
    static boolean isShown(SpanData span) {
        return isActivity(span) || isRequest(span);
    }

    private static boolean isActivity(SpanData span) {
        return ACTIVITIES.containsKey(span.getName());
    }

    private static boolean isRequest(SpanData span) {
        Map<String, String> said = span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(each -> each.getKey().getKey(), each -> String.valueOf(each.getValue())));
        return span.getKind() == SpanKind.SERVER
                && METHODS.contains(said.getOrDefault("method", ""))
                && !said.getOrDefault("uri", "").startsWith("/actuator");
    }

    @Override
    public Attributes getAttributes() {
        Set<String> allowed = isActivity(span) ? OF_ACTIVITIES : OF_REQUESTS;
        return span.getAttributes().toBuilder()
                .removeIf(key -> !allowed.contains(key.getKey()))
                .build();
    }

    @Override
    public int getTotalAttributeCount() {
        return getAttributes().size();
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public StatusData getStatus() {
        return StatusData.create(span.getStatus().getStatusCode(), "");
    }

    @Override
    public SpanContext getSpanContext() {
        return withoutState(span.getSpanContext());
    }

    @Override
    public SpanContext getParentSpanContext() {
        return withoutState(span.getParentSpanContext());
    }

    /** It is the caller's, and may say anything. */
    private static SpanContext withoutState(SpanContext context) {
        if (!context.isValid()) {
            return context;
        }
        return context.isRemote()
                ? SpanContext.createFromRemoteParent(
                        context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault())
                : SpanContext.create(
                        context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
    }
}
