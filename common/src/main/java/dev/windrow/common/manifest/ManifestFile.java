package dev.windrow.common.manifest;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of one file of the archive.
 *
 * @param name the entry's name; empty where a manifest does not say it
 * @param rows that it holds; {@link #UNSAID} where a manifest does not say it
 * @param bytes its plain length; {@link #UNSAID} where a manifest does not say it
 * @param sha256 of its plain bytes, in hex; null where a manifest does not say it. One that was read may be any text
 * @param columns none of an attachment
 */
public record ManifestFile(
        String name, long rows, long bytes, @Nullable String sha256, List<Column> columns) {
    /** Stands for a number that a manifest does not say. */
    public static final long UNSAID = -1;

    public ManifestFile {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param type the id of its type
     */
    public record Column(String name, String type) {}

    /**
     * A column whose values were not to be seen.
     *
     * @param as the id of what stands for them
     */
    public record Masked(String column, String as) {}

    /**
     * What is otherwise than in the source: for people, and not read back.
     *
     * @param replaced characters that stand as U+FFFD
     * @param escaped cells that are guarded against being run as a formula
     * @param truncated cells that were cut
     * @param masked columns that stand for something else than their values
     * @param renamed what the file was to be called, where it is called otherwise
     * @param missing attachments that could not be copied
     */
    public record Altered(
            long replaced,
            long escaped,
            long truncated,
            List<Masked> masked,
            List<String> renamed,
            List<String> missing) {
        /** Nothing is. */
        public static final Altered NOTHING = new Altered(0, 0, 0, List.of(), List.of(), List.of());

        public Altered {
            masked = List.copyOf(masked);
            renamed = List.copyOf(renamed);
            missing = List.copyOf(missing);
        }
    }
}
