package dev.windrow.api.launch;

import dev.windrow.api.access.Caller;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;

/** Stops exports. Safe for use by many threads. */
public interface Cancels {
    /**
     * Stops one that the caller reaches. Ends by the {@link dev.windrow.api.problem.ProblemException} that the request
     * would have been answered with: there is none, or it has ended otherwise.
     *
     * @param actor who stops it, for the audit
     */
    Cancelled cancel(Caller caller, ExportId id, Actor actor);

    /**
     * An export that is cancelled.
     *
     * @param now false: it was before
     */
    record Cancelled(Export export, boolean now) {}
}
