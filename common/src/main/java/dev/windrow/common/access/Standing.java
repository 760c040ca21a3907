package dev.windrow.common.access;

/** Says whether credentials that were shown once are still good. Safe for use by many threads. */
@FunctionalInterface
public interface Standing {
    /** Where credentials are not taken back. */
    Standing ALWAYS = (owner, grant, dataset) -> true;

    /**
     * Whether they still give the dataset: a key that was revoked since, or is for other datasets by now, does not.
     *
     * @param owner whom they named
     * @param grant what they gave
     */
    boolean holds(String owner, Grant grant, String dataset);
}
