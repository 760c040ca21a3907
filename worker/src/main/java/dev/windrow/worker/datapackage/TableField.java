package dev.windrow.worker.datapackage;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.Encoders;
import org.jspecify.annotations.Nullable;

/**
 * A column as a field of a Table Schema.
 *
 * @param name as the file has it
 * @param type the widest that takes all that the file may hold of the column's type
 * @param format how the type is written; null for the type's usual way
 * @param title for people; null where the catalog gives none
 */
record TableField(
        String name,
        String type,
        @Nullable String format,
        @Nullable String title) {
    static TableField of(Column column, Format format, FormatOptions options) {
        return new TableField(
                Encoders.nameInFile(format, column, options),
                type(column),
                wayOf(column, format, options),
                column.title());
    }

    private static String type(Column column) {
        return switch (column.type()) {
            case STRING, BYTES -> "string";
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "datetime";
            // A value of JSON may be of any type, and in CSV and workbooks is its text or a number.
            case JSON, ANY -> "any";
        };
    }

    private static @Nullable String wayOf(Column column, Format format, FormatOptions options) {
        return switch (column.type()) {
            // The usual way is without fractions of a second, of which ours have as many digits as they need.
            case TIMESTAMP -> "any";
            case BYTES -> isBase64(format, options) ? "binary" : null;
            case STRING, INTEGER, NUMBER, BOOLEAN, DATE, JSON, ANY -> null;
        };
    }

    /** Whether each value of bytes is base64 from its first character to its last. */
    private static boolean isBase64(Format format, FormatOptions options) {
        return switch (format) {
            // One that begins with a plus may be guarded by an apostrophe.
            case CSV -> !options.csv().escapeFormulas();
            case JSON, NDJSON -> true;
            // A long one is cut.
            case XLSX -> false;
        };
    }
}
