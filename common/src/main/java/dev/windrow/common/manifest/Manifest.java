package dev.windrow.common.manifest;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the manifest says of the archive as a whole, before its files. Depends on nothing but the export and its rows.
 *
 * @param format the id of the format
 * @param parameters effective values in their JSON form
 * @param options of the format, as users see them
 * @param asOf the moment of the export's cutoff
 */
public record Manifest(
        MadeBy madeBy,
        Origin origin,
        String format,
        Map<String, Object> parameters,
        Map<String, Object> options,
        Instant asOf) {
    /** The manifest's name in every archive, of which it is the last entry. */
    public static final String NAME = "manifest.json";

    /**
     * The name of the Data Package that describes the files of every archive, of which it is the last entry but one.
     * The manifest does not list it.
     */
    public static final String DATA_PACKAGE = "datapackage.json";

    public Manifest {
        Objects.requireNonNull(madeBy, "madeBy");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(asOf, "asOf");
    }

    /**
     * What makes the bytes, beside the export and its rows.
     *
     * @param generator the product and version
     * @param engine what deflates
     */
    public record MadeBy(String generator, String engine) {}

    /**
     * Where the rows come from.
     *
     * @param export the export's id
     * @param dataset the dataset's name
     * @param title the dataset's title for people
     */
    public record Origin(String export, String dataset, String title) {}
}
