package dev.windrow.cli.crash;

import dev.windrow.client.ExportStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All looks at one export, in order, held against what may never be seen. Belongs to one thread. */
final class Observations {
    private final List<String> faults = new ArrayList<>();
    private @Nullable ExportStatus last;
    private double percent = -1;
    private long floor;
    private boolean belowFloor;
    private int restarts;

    void add(ExportStatus look) {
        ExportStatus before = last;
        if (before != null && !before.state().isActive() && look.state() != before.state()) {
            faults.add("left the final state " + before.state().id() + " for "
                    + look.state().id());
        }
        Double now = look.progress().percent();
        if (now != null) {
            if (now < percent) {
                faults.add("percent fell from " + percent + " to " + now);
            }
            percent = now;
        }
        if (now == null && before != null && before.progress().percent() != null) {
            faults.add("percent was known and is not any more");
        }
        long rows = look.progress().rowsWritten();
        boolean below = look.state().isActive() && rows < floor;
        if (below && !belowFloor) {
            restarts++;
            faults.add("began again at row " + rows + " though " + floor + " were kept");
        }
        belowFloor = below;
        last = look;
    }

    /** Rows that a checkpoint has kept: from here on no look may show fewer. */
    void kept(long rows) {
        if (rows < floor && last != null && last.state().isActive()) {
            faults.add("the checkpoint went back from row " + floor + " to " + rows);
        }
        floor = Math.max(floor, rows);
    }

    @Nullable ExportStatus last() {
        return last;
    }

    /** Runs that read again what a checkpoint had kept. */
    int restarts() {
        return restarts;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
