package dev.windrow.benchmarks;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.examples.Example;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds that a row costs to read by key from SQLite and to encode as CSV; {@code -prof gc} shows that it leaves
 * nothing behind.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadBenchmark {
    static final int ROWS = 100_000;
    private static final int FETCH = 1_000;
    private static final int BLOCK = 1 << 16;

    private final SourceConnections connections = new SourceConnections();
    private final EncodedBytes out = new EncodedBytes();
    private @Nullable RowReader reader;
    private @Nullable RowEncoder encoder;
    private @Nullable String bound;

    /** Makes the source if it is not there. */
    @Setup
    public void open() throws IOException, SourceException {
        Path folder = Path.of(System.getProperty("windrow.root", "."), "benchmarks/target/data/sensors-" + ROWS);
        if (Example.SENSORS.loadRows(folder).orElse(-1) != ROWS) {
            Files.createDirectories(folder);
            Example.SENSORS.create(folder, ROWS, made -> {});
        }
        List<Column> columns = Stream.of("timestamp_ms", "value", "quality")
                .map(name -> new Column(name, ColumnType.ANY, false, null))
                .toList();
        Source source = new Source("plant", "jdbc:sqlite:" + folder.resolve("sources/sensors.db"), null, null);
        String query = "select timestamp_ms, value, quality from readings where sensor = (select id from sensors where"
                + " sensor_id = 'load')";
        DatasetFile file =
                new DatasetFile("readings", query, List.of(new KeyPart("timestamp_ms", false)), columns, FETCH);
        RowSelection selection = new RowSelection(source, file, columns, new BoundParameters(Map.of(), Map.of()));
        reader = new JdbcRowSource(connections).open(selection);
        bound = reader.lastPosition();
        encoder = Encoders.of(Format.CSV, columns, FormatOptions.DEFAULT, out, Resume.NONE);
        encoder.begin();
    }

    /** Closes the source. */
    @TearDown
    public void close() {
        Objects.requireNonNull(reader).close();
        connections.close();
    }

    /** All rows, leg after leg. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long rowsToCsv() throws SourceException {
        long bytes = 0;
        String after = null;
        boolean last = false;
        while (!last) {
            try (RowReader.Leg leg = Objects.requireNonNull(reader).read(after, Objects.requireNonNull(bound))) {
                while (leg.next()) {
                    leg.copyTo(Objects.requireNonNull(encoder));
                    if (out.length() >= BLOCK) {
                        bytes += out.length();
                        out.clear();
                    }
                }
                after = leg.position();
                last = leg.isLast();
            }
        }
        return bytes;
    }
}
