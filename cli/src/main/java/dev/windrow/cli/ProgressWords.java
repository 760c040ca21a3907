package dev.windrow.cli;

import dev.windrow.client.ExportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to say of some progress, the most telling first. */
final class ProgressWords {
    private ProgressWords() {}

    static List<String> of(ExportStatus status) {
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
        words.add(megabytes(bytes) + " of " + megabytes(total) + " MB");
        if (bytesPerSecond > 0) {
            words.add(megabytes(bytesPerSecond) + " MB/s");
        }
        return words;
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f", bytes / 1e6);
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
