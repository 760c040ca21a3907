package dev.windrow.api.launch;

import dev.windrow.api.access.Caller;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Export;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts exports by the bodies of starts, with all the checks and limits that a request meets. Each call may end by the
 * {@link dev.windrow.api.problem.ProblemException} that the request would have been answered with. Safe for use by many
 * threads.
 */
public interface Launches {
    /** Checks a body as far as nothing has to be asked of a source. */
    void check(Caller caller, Map<String, @Nullable Object> body);

    /** Checks everything; asks the source whether the subject exists, and so may take seconds. Nothing is stored. */
    Launch prepare(Caller caller, Map<String, @Nullable Object> body);

    /**
     * Starts the export that a request asks for, or finds the one that answers instead. May take seconds, for the
     * subject. What it has stored survives anything.
     *
     * @param body the JSON value that was sent
     * @param shown makes the answer, before a worker is woken: a new export is queued in it
     */
    <T> T start(Caller caller, @Nullable Object body, Asking asking, Function<Started, T> shown);

    /**
     * What a start would give, as JSON in UTF-8. Blocks for seconds; nothing is stored.
     *
     * @param body the JSON value that was sent
     */
    byte[] rehearse(Caller caller, @Nullable Object body);

    /**
     * What a request says beside its body.
     *
     * @param key by which a start that is sent twice starts one export, 1 to 255 visible ASCII characters; null for
     *     none
     * @param actor who starts it, for the audit
     */
    record Asking(@Nullable String key, Actor actor) {}

    /** The export that answers a start, and why it does. */
    record Started(Export export, Way way) {}

    /** How a start has come to its export. */
    enum Way {
        /** It has made it. */
        NEW,
        /** An earlier start with the same key has. */
        REPLAYED,
        /** One that was completed lately is as good. */
        RECENT
    }

    /** A checked start, to be stored once. */
    interface Launch {
        /** The id of the export that it makes. */
        String export();

        /** Stores it and counts it, as part of the transaction that the calling thread is in. */
        void store(Actor actor);

        /** Wakes a worker, once it is stored for good. */
        void ring();
    }
}
