package dev.windrow.api.resource;

import dev.windrow.common.export.ExportId;

/** Where an export and what belongs to it are found. */
public final class ExportPaths {
    /** The caller's exports. */
    public static final String EXPORTS = "/api/v1/exports";

    /** One of them, as a template with the variable {@code id}. */
    public static final String EXPORT = EXPORTS + "/{id}";

    private ExportPaths() {}

    /** One export. */
    public static String self(ExportId id) {
        return EXPORTS + "/" + id;
    }

    static String events(ExportId id) {
        return self(id) + "/events";
    }

    static String cancel(ExportId id) {
        return self(id) + "/cancel";
    }

    static String retry(ExportId id) {
        return self(id) + "/retry";
    }

    /** Its archive. */
    public static String file(ExportId id) {
        return self(id) + "/file";
    }

    /** The digest of that. */
    public static String checksum(ExportId id) {
        return file(id) + ".sha256";
    }
}
