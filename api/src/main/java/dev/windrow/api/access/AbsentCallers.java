package dev.windrow.api.access;

import java.time.Instant;
import java.util.Optional;

/**
 * Says what callers may do who show nothing now, since what they have asked for goes on in their absence. Safe for use
 * by many threads.
 */
@FunctionalInterface
public interface AbsentCallers {
    /**
     * The caller as the credentials of now have it.
     *
     * @param kept as the caller was when the credentials were shown
     * @param shown when that was
     * @return empty where such credentials hold no more, or are not taken for somebody who is absent
     */
    Optional<Caller> now(Caller kept, Instant shown);
}
