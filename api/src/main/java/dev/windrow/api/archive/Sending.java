package dev.windrow.api.archive;

import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is under way. It knows who asked, since the request may be another's when it is over.
 *
 * @param what is sent, for the log, such as {@code bytes 0-9/100}
 * @param part as the audit has it: no name of a file, which may be a value; null for the whole archive
 * @param length in bytes
 */
record Sending(Archive archive, String what, @Nullable String part, long length, Actor actor, Action action) {
    static Sending to(HttpServletRequest request, Archive archive, String what, @Nullable String part, long length) {
        Action action = Trail.isByLink(request) ? Action.LINK_USE : Action.DOWNLOAD;
        return new Sending(archive, what, part, length, Trail.actor(request), action);
    }
}
