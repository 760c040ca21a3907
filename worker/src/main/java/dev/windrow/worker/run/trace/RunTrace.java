package dev.windrow.worker.run.trace;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Runs;
import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run as it is shown: in the trace of the request that started the export, and linked with the run before it. What
 * its thread does until this is closed is within it. Belongs to that thread.
 */
public final class RunTrace implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunTrace.class);

    private final Traces.Span span;
    private final Traces.Scope scope;
    private String outcome = "left";

    private RunTrace(Traces.Span span) {
        this.span = span;
        this.scope = span.enter();
    }

    /**
     * Begins with a claim.
     *
     * @param export as it was claimed
     * @param runs told where this run is, for the one after it
     */
    public static RunTrace of(Export export, Traces traces, Runs runs) {
        Export.Trace known = export.run().trace();
        String start = known.start();
        if (start != null && export.lastClaim().number() == 1) {
            // Of later ones nobody has kept since when they wait.
            traces.begin(
                            Activity.WAIT,
                            new Traces.Place(start, null),
                            export.times().created())
                    .note(Detail.EXPORT, export.id().toString())
                    .close();
        }
        Traces.Span span = traces.begin(Activity.RUN, new Traces.Place(start, known.run()), null)
                .note(Detail.EXPORT, export.id().toString())
                .note(Detail.DATASET, export.request().dataset())
                .note(Detail.FORMAT, export.request().format().id())
                .note(Detail.CLAIM, export.lastClaim().number());
        keep(export, span, runs);
        return new RunTrace(span);
    }

    private static void keep(Export export, Traces.Span span, Runs runs) {
        String here = span.traceparent();
        if (here == null) {
            return;
        }
        try {
            var unused = runs.trace(export.lastClaim(), here);
        } catch (ExportsUnavailableException e) {
            // The run itself is to say so, if it needs the table.
            log.debug("not kept where the run is in a trace", e);
        }
    }

    /** The archive is there. */
    public void completed(long rows, long bytes) {
        outcome = "completed";
        span.note(Detail.ROWS, rows).note(Detail.BYTES, bytes);
    }

    /** It was to end, or has lost its export. */
    public void stopped() {
        outcome = "stopped";
    }

    /** Something went wrong; whether it is tried again is not its to say. */
    public void failed(FailureCode code) {
        outcome = "failed";
        span.note(Detail.FAILURE, code.id()).fail();
    }

    @Override
    public void close() {
        scope.close();
        span.note(Detail.OUTCOME, outcome).close();
    }
}
