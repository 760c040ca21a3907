package dev.windrow.app.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through what {@link ShownSpan} allows, and says once that the collector takes nothing, and once that it does
 * again. Called by the one thread that sends.
 */
final class Border implements SpanExporter {
    private static final Logger log = LoggerFactory.getLogger(Border.class);

    private final SpanExporter collector;
    private final AtomicBoolean away = new AtomicBoolean();

    Border(SpanExporter collector) {
        this.collector = collector;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        List<SpanData> shown =
                spans.stream().filter(ShownSpan::isShown).map(ShownSpan::of).toList();
        if (shown.isEmpty()) {
            return CompletableResultCode.ofSuccess();
        }
        CompletableResultCode sent = collector.export(shown);
        return sent.whenComplete(() -> tell(sent.isSuccess()));
    }

    private void tell(boolean taken) {
        if (away.compareAndSet(taken, !taken)) {
            if (taken) {
                log.info("the collector takes traces again");
            } else {
                log.warn(
                        "the collector of {} takes no traces: they are dropped while that is so, and exports go on",
                        OnCollector.ENDPOINT);
            }
        }
    }

    @Override
    public CompletableResultCode flush() {
        return collector.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return collector.shutdown();
    }
}
