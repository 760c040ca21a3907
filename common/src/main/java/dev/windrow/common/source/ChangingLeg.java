package dev.windrow.common.source;

import org.jspecify.annotations.Nullable;

/**
 * A leg whose rows are changed on their way by a sink that stands before the caller's. Where the caller goes on with
 * another sink, as where a file is full and the next one begins, another one stands before that. Belongs to one thread.
 *
 * @param <S> what changes the rows
 */
public abstract class ChangingLeg<S extends RowSink> extends ForwardingLeg {
    private @Nullable RowSink target;
    private @Nullable S changing;

    /** @param leg closed with this */
    protected ChangingLeg(RowReader.Leg leg) {
        super(leg);
    }

    /** A sink that changes rows and hands them on to that one. */
    protected abstract S before(RowSink sink);

    /** What stands before that sink: the same for as long as the caller keeps to it. */
    protected final S standing(RowSink sink) {
        S kept = changing;
        if (kept == null || target != sink) {
            kept = before(sink);
            changing = kept;
            target = sink;
        }
        return kept;
    }

    @Override
    public void copyTo(RowSink sink) throws SourceException {
        super.copyTo(standing(sink));
    }
}
