package dev.windrow.api.mcp;

import dev.windrow.api.access.Caller;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Actor;
import jakarta.servlet.http.HttpServletRequest;

/** Who has sent a message, and the request that it came in. Belongs to one thread. */
record Asker(Caller caller, HttpServletRequest request) {
    Actor actor() {
        return Trail.actor(caller, request);
    }
}
