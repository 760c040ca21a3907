package dev.windrow.app.cli;

import dev.windrow.app.client.ExportStatus;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An archive that is here and whole.
 *
 * @param archive its absolute path
 * @param sha256 in hexadecimal digits
 */
record Arrived(Path archive, String sha256) {
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029<>:\"|?*]");

    /** Leaves room in the 255 bytes of a name for what a download puts beside it. */
    private static final int LONGEST_NAME = 240;

    static Arrived of(ExportStatus completed, Path file) {
        String sha256 = Objects.requireNonNull(completed.archive(), "archive").sha256();
        return new Arrived(file.toAbsolutePath().normalize(), sha256);
    }

    /** The served name without what could lead out of the folder, hide the file or be no name; else the export's id. */
    static String safeName(ExportStatus completed) {
        String served = Objects.requireNonNull(completed.archive(), "archive").name();
        int folders = Math.max(served.lastIndexOf('/'), served.lastIndexOf('\\'));
        String safe = withoutEdges(UNSAFE.matcher(served.substring(folders + 1)).replaceAll(""));
        boolean fits = !safe.isEmpty() && safe.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        return fits ? safe : completed.id() + ".zip";
    }

    private static String withoutEdges(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isEdge(name.charAt(from))) {
            from++;
        }
        while (from < to && isEdge(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isEdge(char c) {
        return c == '.' || c == ' ';
    }

    /** The two lines that scripts read. */
    void print(PrintWriter out) {
        out.println("archive: " + archive);
        out.println("sha256: " + sha256);
        out.flush();
    }
}
