package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What an export does to its files, in which order: a kill leaves what was written to the system, but a power cut takes away what was not
 * synced, and no test can cut the power. So here it is checked that nothing is told before that which it tells of is synced.
 */
final class SyncOrder {
    static final String CALLS = "read,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2";
    static final int READ = 'r';

    private SyncOrder() {}

    /**
     * A letter for each call: {@code w} and {@code r} write and read the archive, {@code s} syncs it, {@code W} and {@code A} sync the
     * folders of work and of archives, {@code t} writes to the status table, {@code c} commits that, {@code m} moves the archive.
     */
    static String of(List<String> trace) {
        StringBuilder order = new StringBuilder();
        for (String line : trace) {
            if (line.contains(" rename")) {
                order.append('m');
            } else if (line.contains(" fsync(") || line.contains(" fdatasync(")) {
                order.append(line.contains(".part>") ? 's' : line.contains("/work>") ? 'W' : synced(line));
            } else if (line.contains(" pwrite64(")) {
                order.append('t');
            } else if (line.contains(".part>")) {
                order.append(line.contains(" write(") ? 'w' : 'r');
            }
        }
        return order.toString();
    }

    private static char synced(String line) {
        return line.contains("/artifacts>") ? 'A' : 'c';
    }

    static void check(String order) {
        assertThat(order)
                .as("at the first checkpoint: the archive, its name in the folder, and only then the row")
                .matches("[tc]*w+s+W.*");
        assertThat(order)
                .as("at the end: the archive whole, the intent committed, moved, both folders, and only then the row")
                .matches(".*ws[rtc]*cm(AW|WA)t+c[tc]*");
    }
}
