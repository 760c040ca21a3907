package dev.windrow.api.access;

/** What a caller's limits are and what is left of them, as it is shown to the caller. Safe for use by many threads. */
@FunctionalInterface
public interface CallerLimits {
    /** Where nothing is counted: what the credentials themselves say, and null for what they leave to the settings. */
    CallerLimits UNCOUNTED = caller -> caller.rights().allowance();

    /** Something that is written as a JSON object. */
    Object of(Caller caller);
}
