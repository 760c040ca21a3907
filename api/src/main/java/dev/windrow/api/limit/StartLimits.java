package dev.windrow.api.limit;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.limit.Standing.Share;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.quota.Quotas;
import dev.windrow.common.quota.StartRate;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/**
 * Holds callers to their limits, which all processes of one database count together. Safe for use by many threads; each
 * call blocks for a few short statements.
 */
public final class StartLimits {
    private static final Logger log = LoggerFactory.getLogger(StartLimits.class);

    /** The name of the limit of starts in {@code RateLimit} fields. */
    private static final String STARTS = "\"starts\"";

    private static final String POLICY_FIELD = "RateLimit-Policy";
    private static final String FIELD = "RateLimit";

    /** An export of one's own may end at any time. */
    private static final int ACTIVE_RETRY_SECONDS = 5;

    private static final int QUEUE_RETRY_SECONDS = 30;

    private final Quotas quotas;
    private final Limits limits;
    private final Clock clock;

    public StartLimits(Quotas quotas, Limits limits, Clock clock) {
        this.quotas = quotas;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Counts a start that is stored already, in the transaction that has stored it. Ends the request where it is too
     * much: then the transaction takes back both.
     */
    public void take(Caller caller) {
        Allowance allowed = limits.of(caller.rights().allowance());
        Integer queued = limits.queued();
        if (allowed.equals(Allowance.USUAL) && queued == null) {
            return;
        }
        Instant now = clock.instant();
        takeStart(caller.name(), rate(allowed), now);
        checkActive(caller.name(), allowed);
        if (allowed.rowsPerDay() != null || allowed.bytesPerDay() != null) {
            DayUse use = DayUse.of(quotas, caller.name(), now);
            checkDay(use, allowed, allowed.rowsPerDay(), Quotas.Use::rows, "rows");
            checkDay(use, allowed, allowed.bytesPerDay(), Quotas.Use::bytes, "bytes");
        }
        if (queued != null && !quotas.waitAtMost(queued)) {
            throw new ProblemException(
                            ProblemType.UNAVAILABLE,
                            "As many exports wait as the service takes; nothing was started, try again later.")
                    .withRetryAfter(QUEUE_RETRY_SECONDS);
        }
    }

    private void takeStart(String owner, @Nullable StartRate rate, Instant now) {
        if (!quotas.takeStart(owner, rate, now) && rate != null) {
            throw new ProblemException(
                            ProblemType.RATE_LIMITED,
                            "A caller may start " + rate.perMinute() + " exports a minute; nothing was started.")
                    .withRetryAfter(Math.max(1, rate.secondsToNext(quotas.startMark(owner), now)));
        }
    }

    private void checkActive(String owner, Allowance allowed) {
        Integer most = allowed.active();
        if (most != null && quotas.active(owner) > most) {
            throw refused(
                    allowed,
                    new ProblemException(
                            ProblemType.TOO_MANY_ACTIVE_EXPORTS,
                            "Of a caller's exports " + most + " may wait or run at once; nothing was started."
                                    + " Cancel one, or wait for its end."),
                    "active",
                    "q=" + most,
                    ACTIVE_RETRY_SECONDS);
        }
    }

    private static void checkDay(
            DayUse use, Allowance allowed, @Nullable Long most, ToLongFunction<Quotas.Use> figure, String what) {
        if (most != null && use.sum(figure) >= most) {
            throw refused(
                    allowed,
                    new ProblemException(
                            ProblemType.QUOTA_EXCEEDED,
                            "A caller may export " + most + " " + what
                                    + " in 24 hours, and has exported as many; nothing was started."),
                    what,
                    "q=" + most + ";w=" + DayUse.DAY.toSeconds(),
                    use.secondsUntilBelow(most, figure));
        }
    }

    /** Names the limit in the fields where {@link #told} has none to name. */
    private static ProblemException refused(
            Allowance allowed, ProblemException problem, String limit, String policy, int seconds) {
        return allowed.startsPerMinute() == null
                ? problem.withNothingLeft(limit, policy, seconds)
                : problem.withRetryAfter(seconds);
    }

    /**
     * Adds what is left of the caller's starts to the answer, a refusal included: the fields of the IETF's draft
     * (draft-ietf-httpapi-ratelimit-headers-10). Nothing is added where no such limit holds.
     */
    public ResponseEntity<byte[]> told(Caller caller, Supplier<ResponseEntity<byte[]>> start) {
        ResponseEntity<byte[]> answer;
        try {
            answer = start.get();
        } catch (ProblemException e) {
            fields(caller).forEach(e::withHeader);
            throw e;
        }
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .headers(headers -> fields(caller).forEach(headers::add))
                .body(answer.getBody());
    }

    private Map<String, String> fields(Caller caller) {
        StartRate rate = rate(limits.of(caller.rights().allowance()));
        if (rate == null) {
            return Map.of();
        }
        try {
            long mark = quotas.startMark(caller.name());
            Instant now = clock.instant();
            return Map.of(
                    POLICY_FIELD,
                    STARTS + ";q=" + rate.perMinute() + ";w=" + StartRate.WINDOW.toSeconds(),
                    FIELD,
                    STARTS + ";r=" + rate.left(mark, now) + ";t=" + rate.secondsToNext(mark, now));
        } catch (ExportsUnavailableException e) {
            // The answer itself stands: what was started is durable.
            log.warn("The answer to a start lacks its RateLimit fields: {}", e.getMessage());
            return Map.of();
        }
    }

    /** The caller's limits, and what is left of them now. */
    Standing standing(Caller caller) {
        Allowance allowed = limits.of(caller.rights().allowance());
        String owner = caller.name();
        Instant now = clock.instant();
        StartRate rate = rate(allowed);
        DayUse use = DayUse.of(quotas, owner, now);
        return new Standing(
                rate == null ? null : new Share(rate.perMinute(), rate.left(quotas.startMark(owner), now)),
                allowed.active() == null ? null : share(allowed.active(), quotas.active(owner)),
                allowed.rowsPerDay() == null ? null : share(allowed.rowsPerDay(), use.sum(Quotas.Use::rows)),
                allowed.bytesPerDay() == null ? null : share(allowed.bytesPerDay(), use.sum(Quotas.Use::bytes)));
    }

    private static Share share(long limit, long used) {
        return new Share(limit, Math.max(0, limit - used));
    }

    private static @Nullable StartRate rate(Allowance allowed) {
        Integer perMinute = allowed.startsPerMinute();
        // What credentials say may be more than can be counted.
        return perMinute == null ? null : new StartRate(Math.min(perMinute, StartRate.MOST));
    }
}
