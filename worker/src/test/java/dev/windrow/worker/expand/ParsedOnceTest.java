package dev.windrow.worker.expand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns are learnt from the first rows and written from all of them, and yet no row's JSON is parsed twice. */
final class ParsedOnceTest {
    private static final int ROWS = 2_500;

    @TempDir
    private Path folder;

    @Test
    void parsesEachRowsJsonOnce() throws Exception {
        AtomicInteger parsed = new AtomicInteger();
        RowSelection selection = samples();
        Expansion expansion = Objects.requireNonNull(selection.file().form().expansion());
        EncodedBytes csv = new EncodedBytes();
        try (SourceConnections connections = new SourceConnections();
                ExpandedRows rows = new ExpandedRows(
                        new JdbcRowSource(connections).open(selection), selection.columns(), expansion, null, text -> {
                            parsed.incrementAndGet();
                            return JsonObject.parse(text);
                        })) {
            String bound = Objects.requireNonNull(rows.lastPosition());
            List<Column> columns = ExpandedRows.columns(selection.columns(), expansion, rows.learn(bound));
            copy(rows, bound, Encoders.of(Format.CSV, columns, FormatOptions.DEFAULT, csv, Resume.NONE));
        }

        assertThat(csv.length()).isGreaterThan(ROWS * 10);
        assertThat(parsed).hasValue(ROWS);
    }

    private static void copy(ExpandedRows rows, String bound, RowEncoder encoder) throws Exception {
        String position = null;
        boolean last = false;
        while (!last) {
            try (RowReader.Leg leg = rows.read(position, bound)) {
                while (leg.next()) {
                    leg.copyTo(encoder);
                    position = leg.position();
                }
                last = leg.isLast();
            }
        }
    }

    private RowSelection samples() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("source.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table samples(id integer primary key, payload text)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < " + ROWS
                    + ") insert into samples select n, json_object('t', n, 'f' || (n % 7), 1) from c");
        }
        List<Column> columns = List.of(
                new Column("id", ColumnType.INTEGER, false, null),
                new Column("payload", ColumnType.STRING, false, null));
        FileForm form = new FileForm(Kind.ROWS, null, new Expansion("payload", List.of()), null);
        String query = "select id, payload from samples";
        DatasetFile file = new DatasetFile("samples", query, List.of(new KeyPart("id", false)), columns, 1_000, form);
        Source source = new Source("recorder", url, null, null);
        Dataset dataset = new Dataset(
                new Dataset.Label("samples", "Samples", null),
                new Dataset.Reading(source, true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(),
                null,
                List.of(file));
        return new RowSelection(source, file, columns, ParameterBinder.bind(dataset.parameters(), Map.of(), "local"));
    }
}
