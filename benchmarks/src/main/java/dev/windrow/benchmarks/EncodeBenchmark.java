package dev.windrow.benchmarks;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds that a row of a time, a measured value and a number costs to encode. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBenchmark {
    private static final int ROWS = 1_000;

    /** The format of the rows. */
    @Param({"CSV"})
    public Format format = Format.CSV;

    private final EncodedBytes out = new EncodedBytes();
    private RowEncoder encoder = encoder();

    private RowEncoder encoder() {
        List<Column> columns = Stream.of("timestamp_ms", "value", "quality")
                .map(name -> new Column(name, ColumnType.ANY, false, null))
                .toList();
        return Encoders.of(format, columns, FormatOptions.DEFAULT, out, Resume.NONE);
    }

    /** A fresh encoder for each measurement. */
    @Setup
    public void begin() {
        encoder = encoder();
        encoder.begin();
    }

    /** A thousand rows into a buffer that is used again. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int rows() {
        out.clear();
        for (int i = 0; i < ROWS; i++) {
            encoder.integer(1_700_000_000_000L + 60_000L * i);
            encoder.number(i / 100.0);
            encoder.integer(i & 3);
            encoder.endRow();
        }
        return out.length();
    }
}
