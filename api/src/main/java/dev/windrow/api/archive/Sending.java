package dev.windrow.api.archive;

import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.Traces;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is under way. It knows who asked, since the request may be another's when it is over.
 *
 * @param what is sent, for the log, such as {@code bytes 0-9/100}
 * @param part as the audit has it: no name of a file, which may be a value; null for the whole archive
 * @param length in bytes
 * @param span ends with it
 */
record Sending(
        Archive archive,
        String what,
        @Nullable String part,
        long length,
        Actor actor,
        Action action,
        Traces.Span span) {
    /** @param traces shows it, as a part of the export's trace or, if there is none, of the request's */
    static Sending to(
            HttpServletRequest request,
            Archive archive,
            String what,
            @Nullable String part,
            long length,
            Traces traces) {
        String here = traces.here();
        String start = archive.origin().trace();
        Traces.Place place = start == null ? new Traces.Place(here, null) : new Traces.Place(start, here);
        Traces.Span span = traces.begin(Activity.DOWNLOAD, place, null)
                .note(Detail.EXPORT, archive.export().toString());
        Action action = Trail.isByLink(request) ? Action.LINK_USE : Action.DOWNLOAD;
        return new Sending(archive, what, part, length, Trail.actor(request), action, span);
    }
}
