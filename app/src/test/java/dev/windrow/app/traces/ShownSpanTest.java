package dev.windrow.app.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.trace.Activity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spans of the SDK itself, with whatever a library may come to say. */
final class ShownSpanTest {
    private static final String TOKEN = "/links/a-secret-token";

    /** Keeps what passes the border. */
    private static final class Kept implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> passed) {
            spans.addAll(passed);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private static List<SpanData> shown(String name, SpanKind kind, Map<String, String> said) {
        Kept kept = new Kept();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new Border(kept)))
                .build()) {
            SpanBuilder builder =
                    provider.get("test").spanBuilder(name).setSpanKind(kind).setNoParent();
            said.forEach((key, value) -> builder.setAttribute(AttributeKey.stringKey(key), value));
            Span span = builder.startSpan();
            span.recordException(new IllegalStateException("select secret from people"));
            span.setStatus(StatusCode.ERROR, "select secret from people");
            span.end();
        }
        return kept.spans;
    }

    @Test
    void saysOfARequestWhatIsOnTheListAndOfItsFaultThatThereWasOne() {
        SpanData span = shown(
                        "http get /links/{token}",
                        SpanKind.SERVER,
                        Map.of("method", "GET", "uri", "/links/{token}", "status", "500", "http.url", TOKEN))
                .get(0);
        assertThat(span.getAttributes().asMap().toString())
                .contains("/links/{token}", "500")
                .doesNotContain(TOKEN);
        assertThat(span.getEvents()).isEmpty();
        assertThat(span.getTotalRecordedEvents()).isZero();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEmpty();
    }

    @Test
    void saysOfAnActivityWhatIsOnTheList() {
        SpanData span = shown(
                        Activity.RUN.label(),
                        SpanKind.INTERNAL,
                        Map.of("windrow.export", "1", "db.statement", "select secret"))
                .get(0);
        assertThat(span.getAttributes().asMap()).hasSize(1).containsValue("1");
    }

    @Test
    void showsNeitherProbesNorMethodsOfACallersOwnNorWhatElseALibraryBegins() {
        assertThat(shown("http get /actuator", SpanKind.SERVER, Map.of("method", "GET", "uri", "/actuator/health")))
                .isEmpty();
        assertThat(shown("http jane /exports", SpanKind.SERVER, Map.of("method", "JANE", "uri", "/exports")))
                .isEmpty();
        assertThat(shown("select secret", SpanKind.CLIENT, Map.of("method", "GET", "uri", "/exports")))
                .isEmpty();
    }
}
