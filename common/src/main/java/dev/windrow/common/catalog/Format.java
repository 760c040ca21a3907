package dev.windrow.common.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of rows in an archive. The names are those of the catalog and of the HTTP API. */
public enum Format {
    CSV("text/csv"),
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format's name in the catalog and the API, and the extension of its files without the dot. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The IANA media type of a file of this format, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of that {@link #id()}; empty when there is none. */
    public static Optional<Format> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }
}
