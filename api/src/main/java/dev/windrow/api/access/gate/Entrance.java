package dev.windrow.api.access.gate;

/** Who is let in. */
public enum Entrance {
    /**
     * Everybody, as the one caller {@code local} who may do everything: for a service that this machine alone reaches.
     */
    OPEN,
    /** Who shows credentials that hold, and to what their roles are for. */
    BY_CREDENTIALS
}
