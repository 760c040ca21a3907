package dev.windrow.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.windrow.common.source.SourceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What no export by one reader can be faster than: its steps alone, on one warm thread, in CPU time. */
final class Limit {
    private static final int WARM_UPS = 15;

    private Limit() {}

    static void measure(Results results) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ReadBenchmark reading = new ReadBenchmark();
        DeflateBenchmark deflating = new DeflateBenchmark();
        deflating.level = 4;
        try {
            reading.open();
            double read = Double.MAX_VALUE;
            double deflate = Double.MAX_VALUE;
            double allocated = 0;
            for (int i = 0; i < WARM_UPS; i++) {
                long cpu = threads.getCurrentThreadCpuTime();
                long bytes = threads.getCurrentThreadAllocatedBytes();
                reading.rowsToCsv();
                allocated = (threads.getCurrentThreadAllocatedBytes() - bytes) / (double) ReadBenchmark.ROWS;
                read = Math.min(read, (threads.getCurrentThreadCpuTime() - cpu) / (double) ReadBenchmark.ROWS);
                deflate = Math.min(deflate, deflate(threads, deflating));
            }
            reading.close();
            results.add("limit", "Reading and encoding a sensor row, CPU of one thread", "", "%.0f ns", read);
            results.add("limit", "Deflating it at level 4", "", "%.0f ns", deflate);
            results.add("limit", "Allocated for it by reading and encoding", "nearly none", "%.1f bytes", allocated);
        } catch (SourceException e) {
            throw new IOException(e);
        }
    }

    private static double deflate(ThreadMXBean threads, DeflateBenchmark deflating) {
        int blocks = ReadBenchmark.ROWS / DeflateBenchmark.ROWS;
        long cpu = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < blocks; i++) {
            deflating.block();
        }
        return (threads.getCurrentThreadCpuTime() - cpu) / (double) ReadBenchmark.ROWS;
    }
}
