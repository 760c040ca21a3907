package dev.windrow.common.trace;

/** What is shown of an export besides requests. docs/operations.md has them in a table. */
public enum Activity {
    /** A schedule starts an export. */
    SCHEDULE("windrow schedule"),
    /** From a start until a worker takes the export. */
    WAIT("windrow wait"),
    /** From a claim until its worker is done with it, however that ends. */
    RUN("windrow run"),
    /** One reading of rows, from the question to the source until its last row. */
    LEG("windrow leg"),
    /** The archive is read back and closed. */
    SEAL("windrow seal"),
    /** The archive goes to where archives are kept, and the row says so. */
    PUBLISH("windrow publish"),
    /** One try to tell of an export, or to take its archive somewhere. */
    DELIVERY("windrow delivery"),
    /** An archive, a part or a file of it is sent. */
    DOWNLOAD("windrow download");

    private final String label;

    Activity(String label) {
        this.label = label;
    }

    /** Its name in traces. */
    public String label() {
        return label;
    }
}
