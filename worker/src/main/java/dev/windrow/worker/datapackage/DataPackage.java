package dev.windrow.worker.datapackage;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import java.util.Objects;

/**
 * What the description says of the archive as a whole, and what all its files have in common.
 *
 * @param dataset the dataset's name, which is one of a Data Package too
 * @param title the dataset's title for people
 * @param format of the files of rows
 * @param options of the format
 * @param onlyRows whether all files are rows in that format
 */
public record DataPackage(String dataset, String title, Format format, FormatOptions options, boolean onlyRows) {
    public DataPackage {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(options, "options");
    }
}
