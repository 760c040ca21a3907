package dev.windrow.app.outbox;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.NoTraces;
import dev.windrow.common.trace.Traces;
import dev.windrow.worker.outbox.Carrier;
import dev.windrow.worker.outbox.Outcome;
import org.jspecify.annotations.Nullable;

/** Shows each try of a carrier, in the trace of the export that it is about. Safe for use by many threads. */
final class TracedCarrier implements Carrier {
    private final Carrier carrier;
    private final Traces traces;
    private final Exports exports;

    private TracedCarrier(Carrier carrier, Traces traces, Exports exports) {
        this.carrier = carrier;
        this.traces = traces;
        this.exports = exports;
    }

    /** The carrier itself where nobody looks: the table is not asked for nothing. */
    static Carrier of(Carrier carrier, Traces traces, Exports exports) {
        return traces == NoTraces.NONE ? carrier : new TracedCarrier(carrier, traces, exports);
    }

    @Override
    public Target.Kind kind() {
        return carrier.kind();
    }

    @Override
    public Outcome carry(Message message) throws InterruptedException {
        try (Traces.Span span = traces.begin(Activity.DELIVERY, new Traces.Place(start(message), null), null);
                Traces.Scope ignored = span.enter()) {
            span.note(Detail.EXPORT, message.about().export().toString())
                    .note(Detail.DATASET, message.about().dataset())
                    .note(Detail.KIND, kind().id());
            Outcome outcome = carrier.carry(message);
            span.note(Detail.OUTCOME, outcome.result().id());
            return outcome;
        }
    }

    private @Nullable String start(Message message) {
        try {
            return exports.find(message.about().export())
                    .map(Export::run)
                    .map(Export.Run::trace)
                    .map(Export.Trace::start)
                    .orElse(null);
        } catch (ExportsUnavailableException e) {
            return null;
        }
    }

    @Override
    public int atOnce() {
        return carrier.atOnce();
    }

    @Override
    public int atOnceToOne() {
        return carrier.atOnceToOne();
    }
}
