package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What an export does to its files, in which order: a kill leaves what was written to the system, but a power cut takes
 * away what was not synced. {@link PowerCuts} cuts between two of these calls now and then only; here it is checked at
 * all of them that nothing is told before that which it tells of is synced.
 */
final class SyncOrder {
    static final String CALLS = "read,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2";
    static final char READ = 'r';
    private static final char NONE = 0;

    private SyncOrder() {}

    /**
     * A letter for each call: {@code w} and {@code r} write and read the archive or the list of its blocks, {@code s}
     * syncs one, {@code W} and {@code A} sync the folders of work and of archives, {@code t} writes to the status
     * table, {@code c} commits that, {@code m} moves the one or the other. The table is written by the run's thread
     * alone here: progress, which another thread writes meanwhile, tells of nothing that must last.
     */
    static String of(List<String> trace) {
        String run = trace.stream()
                .filter(line -> line.contains(" rename"))
                .map(SyncOrder::thread)
                .findFirst()
                .orElse("");
        StringBuilder order = new StringBuilder();
        for (String line : trace) {
            char call = call(line);
            if (call != NONE && (thread(line).equals(run) || call != 't' && call != 'c')) {
                order.append(call);
            }
        }
        return order.toString();
    }

    private static String thread(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static char call(String line) {
        if (line.contains(" rename")) {
            return 'm';
        }
        if (line.contains(" fsync(") || line.contains(" fdatasync(")) {
            return line.contains(".part>")
                    ? 's'
                    : line.contains("/work>") ? 'W' : line.contains("/artifacts>") ? 'A' : 'c';
        }
        if (line.contains(" pwrite64(")) {
            return 't';
        }
        return !line.contains(".part>") ? NONE : line.contains(" write(") ? 'w' : READ;
    }

    static void check(String order) {
        assertThat(order)
                .as("at the first checkpoint: the archive, its name in the folder, and only then the row")
                .matches("[tc]*w+s+W.*");
        assertThat(order)
                .as(
                        "at the end: the archive whole, its list, the intent committed, both moved, both folders, and only then the row")
                .matches(".*ws[rtc]*w+s[rtc]*cmm(AW|WA)t+c[tc]*");
    }
}
