package dev.windrow.cli.terminal;

import dev.windrow.client.ExportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to say of some progress, the most telling first. */
public final class ProgressWords {
    private ProgressWords() {}

    /** Of an export, as parts of a line. */
    public static List<String> of(ExportStatus status) {
        List<String> words = new ArrayList<>();
        ExportStatus.Progress progress = status.progress();
        switch (progress.phase()) {
            case "waiting" -> waiting(status, words);
            case "rows" -> rows(progress, words);
            case "done" -> words.add(status.state().id());
            default -> {
                words.add(progress.phase());
                words.add(rowCount(progress));
            }
        }
        return words;
    }

    private static void waiting(ExportStatus status, List<String> words) {
        words.add("waiting");
        Long position = status.progress().queuePosition();
        if (position != null) {
            words.add("place " + position + " in the queue");
        }
        if (status.error() != null) {
            words.add("to be tried again: " + status.error().detail());
        }
    }

    private static void rows(ExportStatus.Progress progress, List<String> words) {
        words.add(rowCount(progress));
        if (progress.stalled()) {
            words.add("stalled");
        } else if (progress.remainingSeconds() != null) {
            words.add(duration(progress.remainingSeconds()) + " left");
        }
        if (progress.rowsPerSecond() != null) {
            words.add(grouped(progress.rowsPerSecond()) + " rows/s");
        }
        if (progress.resumedFromRow() != null) {
            words.add("resumed from row " + grouped(progress.resumedFromRow()));
        }
    }

    private static String rowCount(ExportStatus.Progress progress) {
        String written = grouped(progress.rowsWritten());
        Long total = progress.rowsTotal();
        return total == null ? written + " rows" : written + " of " + grouped(total) + " rows";
    }

    static List<String> ofDownload(long bytes, long total, long bytesPerSecond) {
        List<String> words = new ArrayList<>();
        words.add("downloading");
        words.add(bytes(bytes) + " of " + bytes(total));
        if (bytesPerSecond > 0) {
            words.add(bytes(bytesPerSecond) + "/s");
        }
        return words;
    }

    /** A number with commas. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** In the unit that fits, each a thousand of the one before. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    private static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
