package dev.windrow.common.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows an operator what exports go through, where one has asked for that. A place in a trace is a W3C {@code
 * traceparent}, which may be kept and taken up by another process. No call blocks or throws, whatever becomes of what
 * is shown. Safe for use by many threads.
 */
public interface Traces {
    /** Where the calling thread is in a trace; null where it is in none. */
    @Nullable String here();

    /**
     * Begins an activity. It ends when it is closed, by whichever thread.
     *
     * @param place where it belongs
     * @param since when it began; null for now
     */
    Span begin(Activity activity, Place place, @Nullable Instant since);

    /** Begins an activity now, within what the calling thread is at. */
    default Span begin(Activity activity) {
        return begin(activity, new Place(here(), null), null);
    }

    /**
     * Where an activity belongs.
     *
     * @param parent what it is a part of; null where it begins a trace. What is no {@code traceparent} is none
     * @param link another activity that led to it, or that it goes on from; null for none
     */
    record Place(@Nullable String parent, @Nullable String link) {}

    /** An activity that is under way. Safe for use by many threads, one at a time. */
    interface Span extends AutoCloseable {
        /** Where it is, for what belongs to it; null where nobody looks. */
        @Nullable String traceparent();

        /** Says a word of it. */
        Span note(Detail detail, String word);

        /** Says a number of it. */
        Span note(Detail detail, long number);

        /** What the calling thread does until that is closed, by the same thread, is within this. */
        Scope enter();

        /** It went wrong. */
        void fail();

        @Override
        void close();
    }

    /** For how long a thread is within an activity. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
