package dev.windrow.app.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What strace does to a process: something happens at the nth of certain system calls. It counts each thread's calls by
 * themselves, and each kind of call by itself: {@code fsync,fdatasync} with 4 is the fourth fsync of any thread, or the
 * fourth fdatasync. So only calls on the files that belong to an export count, which its run's thread makes nearly
 * alone. With {@code --seccomp-bpf}, which spares a stop at every other call, strace
 * 6.1 strikes at the first call or never.
 *
 * @param calls one kind of call under all its names, such as {@code fsync,fdatasync}
 * @param fault such as {@code signal=SIGKILL} or {@code error=ENOSPC}; a kill comes before the call is made
 * @param nth counted from 1, or {@link #ALL}
 * @param files absolute, perhaps not there yet; all, if there are none
 */
record Injection(String calls, String fault, int nth, List<Path> files) {
    static final String KILL = "signal=SIGKILL";
    static final int ALL = 0;

    /** Nothing happens but that the calls are written down. */
    static Injection none(String calls, List<Path> files) {
        return new Injection(calls, "", 0, files);
    }

    /** strace with what it is to do, up to what it is to do it to. */
    List<String> tracer(Path trace) {
        List<String> tracer =
                new ArrayList<>(List.of("strace", "-f", "-y", "-o", trace.toString(), "-e", "trace=" + calls));
        if (!fault.isEmpty()) {
            tracer.addAll(List.of("-e", "inject=" + calls + ":" + fault + (nth == ALL ? "" : ":when=" + nth)));
        }
        files.forEach(file -> tracer.addAll(List.of("-P", file.toString())));
        return tracer;
    }

    /** The files that a claim's run touches, but for the source and the queue. */
    static List<Path> filesOf(Path home, String id, long claim) {
        String name = id + "." + claim;
        return List.of(
                home.resolve("work").resolve(name + ".part"),
                home.resolve("work").resolve(name + ".blocks.part"),
                home.resolve("work"),
                home.resolve("artifacts").resolve(name + ".zip"),
                home.resolve("artifacts").resolve(name + ".blocks"),
                home.resolve("artifacts"),
                home.resolve("windrow.db"),
                home.resolve("windrow.db-wal"));
    }
}
