package dev.windrow.common.trace;

/**
 * What is said of an activity: words of the catalog, of the API and of our own, ids and numbers. Nothing else can be:
 * no row, parameter or statement, and nobody's name. docs/operations.md has them in a table.
 */
public enum Detail {
    /** The export's id. */
    EXPORT("windrow.export"),
    /** The name of its dataset. */
    DATASET("windrow.dataset"),
    /** The word of its format. */
    FORMAT("windrow.format"),
    /** The number of its claim. */
    CLAIM("windrow.claim"),
    /** How many rows. */
    ROWS("windrow.rows"),
    /** How many bytes. */
    BYTES("windrow.bytes"),
    /** Of a delivery: by which way. */
    KIND("windrow.kind"),
    /** What came of it, in a word. */
    OUTCOME("windrow.outcome"),
    /** The code of a failure. */
    FAILURE("windrow.failure");

    private final String key;

    Detail(String key) {
        this.key = key;
    }

    /** Its name in traces. */
    public String key() {
        return key;
    }
}
