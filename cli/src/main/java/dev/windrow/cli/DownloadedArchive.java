package dev.windrow.cli;

import dev.windrow.cli.terminal.ProgressWords;
import dev.windrow.client.ExportStatus;
import dev.windrow.common.catalog.SafeName;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An archive that is here and whole.
 *
 * @param archive its absolute path
 * @param sha256 in hexadecimal digits
 * @param bytes its length
 * @param isWhole whether it is the archive, and not a file of it
 * @param fetched how many bytes the server has sent, where an earlier archive was to save some; else null
 */
record DownloadedArchive(
        Path archive,
        String sha256,
        long bytes,
        boolean isWhole,
        @Nullable Long fetched) {
    /** Leaves room in the 255 bytes of a name for what a download puts beside it. */
    private static final int LONGEST_NAME = 240;

    static DownloadedArchive of(ExportStatus completed, Path file) {
        return of(completed, file, null);
    }

    static DownloadedArchive of(ExportStatus completed, Path file, @Nullable Long fetched) {
        ExportStatus.Archive archive = Objects.requireNonNull(completed.archive(), "archive");
        return new DownloadedArchive(
                file.toAbsolutePath().normalize(), archive.sha256(), archive.bytes(), archive.isWhole(), fetched);
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

    /** For scripts that read JSON. */
    String json(String export) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("id", export)
                .put(kind(), archive.toString())
                .put("sha256", sha256);
        if (fetched != null) {
            json.put("bytes", bytes).put("fetched", fetched);
        }
        return json.toString();
    }

    /** For people: what came over the network. */
    Optional<String> saving() {
        return Optional.ofNullable(fetched)
                .map(some -> "fetched " + ProgressWords.bytes(some) + " of " + ProgressWords.bytes(bytes));
    }

    private String kind() {
        return isWhole ? "archive" : "file";
    }

    /** The two lines that scripts read. */
    void print(PrintWriter out) {
        out.println(kind() + ": " + archive);
        out.println("sha256: " + sha256);
        out.flush();
    }
}
