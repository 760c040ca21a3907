package dev.windrow.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds that a row of some 26 bytes costs to deflate, in a block of 1,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeflateBenchmark {
    static final int ROWS = 1_000;

    /** Of deflate. */
    @Param({"1", "4", "6"})
    public int level;

    private final byte[] plain = plain();
    private final byte[] deflated = new byte[plain.length + 1_000];

    private static byte[] plain() {
        Random random = new Random(4);
        StringBuilder rows = new StringBuilder();
        double value = 20;
        for (int i = 0; i < ROWS; i++) {
            value += random.nextInt(21) / 100.0 - 0.1;
            rows.append(1_700_000_000_000L + 60_000L * i)
                    .append(',')
                    .append(Math.round(value * 100) / 100.0)
                    .append(",0\r\n");
        }
        return rows.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One block, as the archive has it: a deflater of its own state, ended by a full flush. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int block() {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(plain);
            return deflater.deflate(deflated, 0, deflated.length, Deflater.FULL_FLUSH);
        } finally {
            deflater.end();
        }
    }
}
