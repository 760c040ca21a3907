package dev.windrow.cli;

import dev.windrow.client.ExportStatus;
import dev.windrow.common.catalog.SafeName;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An archive that is here and whole.
 *
 * @param archive its absolute path
 * @param sha256 in hexadecimal digits
 */
record DownloadedArchive(Path archive, String sha256) {
    /** Leaves room in the 255 bytes of a name for what a download puts beside it. */
    private static final int LONGEST_NAME = 240;

    static DownloadedArchive of(ExportStatus completed, Path file) {
        String sha256 = Objects.requireNonNull(completed.archive(), "archive").sha256();
        return new DownloadedArchive(file.toAbsolutePath().normalize(), sha256);
    }

    /**
     * The served name without what could lead out of the folder, hide the file or be no name on some system; else the
     * export's id.
     */
    static String safeName(ExportStatus completed) {
        String served = Objects.requireNonNull(completed.archive(), "archive").name();
        int folders = Math.max(served.lastIndexOf('/'), served.lastIndexOf('\\'));
        String safe = SafeName.part(served.substring(folders + 1), "", Integer.MAX_VALUE);
        boolean fits = !safe.isEmpty() && safe.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        return fits ? safe : completed.id() + ".zip";
    }

    /** The two lines that scripts read. */
    void print(PrintWriter out) {
        out.println("archive: " + archive);
        out.println("sha256: " + sha256);
        out.flush();
    }
}
