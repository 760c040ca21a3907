package dev.windrow.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.yaml.CatalogLoader;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows of a SQLite file and of a PostgreSQL, by one catalog: docs/values.md says what they come to. */
class SameBytesIT {
    private static final String CATALOG = """
            sources:
              sqlite: { url: "jdbc:sqlite:values.db" }
              postgresql: { url: "${POSTGRESQL}", username: postgres, password: postgres }
            datasets:
              sqlite: { source: sqlite, formats: [csv, json, ndjson], files: [ { name: f, query: select * from v, key: [id], columns: [ %1$s,
                { name: at, as: timestamp, unit: ms }, { name: plain_at, as: timestamp, unit: julian } ] } ] }
              postgresql: { source: postgresql, formats: [csv, json, ndjson], files: [ { name: f, query: select * from v, key: [id], columns: [ %1$s,
                { name: at, as: timestamp }, { name: plain_at, as: timestamp } ] } ] }
            """;
    private static final String COLUMNS = """
            { name: whole, as: integer }, { name: price, as: number }, { name: exact, as: number }, { name: small, as: number },
                { name: wide, as: number }, { name: flag, as: boolean }, { name: day, as: date }, { name: words, as: string },
                { name: raw, as: bytes }, { name: doc, as: json }""";

    @TempDir
    Path folder;

    private final SourceConnections connections = new SourceConnections();

    @BeforeEach
    void makeSqlite() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("values.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table v(id integer primary key, whole real, price real, exact text, small real, wide real,"
                            + " flag boolean, day text, words, raw blob, doc text, plain_integer integer, plain_double double,"
                            + " plain_text text, plain_bytes blob, at integer, plain_at real)");
            statement.execute(
                    "insert into v values"
                            + " (1, 7.0, 1.1, '12345678901234567890.10', 0.1, 12345678.5, 1, '2024-02-29', 'é \"x\"', x'00ff',"
                            + " '{\"a\":1,\"b\":[true,null,\"x y\"]}', 42, 1e21, 'x', x'', 1704067200250, 2460311.0),"
                            + " (2, -1.0, 5.0, '5.00', 5.0, 1e20, 0, '0001-01-01', '', x'', '[]', -1, 0.0, '', x'ff', -1, 2440587.5),"
                            + " (3, 1e15, 0.0001, '-0.5', 1e-7, -1.5e-7, 1, '9999-12-31', ' ', x'7f', '1.50', 0, 5e-324, 'ü', x'00',"
                            + " 253402300799999, 1721425.5),"
                            + " (4, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)");
        }
    }

    private static void makePostgresql(EmbeddedPostgres server) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table v(id int primary key, whole numeric(20, 2), price numeric(12, 4), exact numeric,"
                            + " small real, wide double precision, flag boolean, day date, words text, raw bytea, doc jsonb,"
                            + " plain_integer bigint, plain_double double precision, plain_text varchar(10), plain_bytes bytea,"
                            + " at timestamptz, plain_at timestamp)");
            statement.execute(
                    "insert into v values"
                            + " (1, 7, 1.1, 12345678901234567890.10, 0.1, 12345678.5, true, '2024-02-29', 'é \"x\"', '\\x00ff',"
                            + " '{\"a\": 1, \"b\": [true, null, \"x y\"]}', 42, 1e21, 'x', '', '2024-01-01 02:00:00.25+02',"
                            + " '2024-01-01 12:00:00'),"
                            + " (2, -1, 5, 5.00, 5, 1e20, false, '0001-01-01', '', '', '[]', -1, 0, '', '\\xff',"
                            + " '1969-12-31 23:59:59.999Z', '1970-01-01'),"
                            + " (3, 1e15, 0.0001, -0.5, 1e-7, -1.5e-7, true, '9999-12-31', ' ', '\\x7f', '1.50', 0, 5e-324, 'ü',"
                            + " '\\x00', '9999-12-31 23:59:59.999Z', '0001-01-01'),"
                            + " (4, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)");
        }
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void theSameRowsAreTheSameBytesWhicheverDatabaseTheyAreIn() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            makePostgresql(server);
            Catalog catalog = catalog(server.getJdbcUrl("postgres", "postgres"));

            assertThat(encoded(catalog, "sqlite", Format.CSV)).isEqualTo("""
                    id,whole,price,exact,small,wide,flag,day,words,raw,doc,plain_integer,plain_double,plain_text,plain_bytes,at,plain_at
                    1,7,1.1,12345678901234567890.1,0.1,12345678.5,true,2024-02-29,"é ""x""\",AP8=,"{""a"":1,""b"":[true,null,""x y""]}",\
                    42,1.0E21,x,"",2024-01-01T00:00:00.250Z,2024-01-01T12:00:00Z
                    2,-1,5,5,5,100000000000000000000,false,0001-01-01,"","",[],-1,0.0,"",/w==,1969-12-31T23:59:59.999Z,1970-01-01T00:00:00Z
                    3,1000000000000000,0.0001,-0.5,0.0000001,-0.00000015,true,9999-12-31, ,fw==,1.50,0,4.9E-324,ü,AA==,\
                    9999-12-31T23:59:59.999Z,0001-01-01T00:00:00Z
                    4,,,,,,,,,,,,,,,,
                    """.replace("\n", "\r\n"));
            assertThat(encoded(catalog, "sqlite", Format.NDJSON))
                    .startsWith("{\"id\":1,\"whole\":7,\"price\":1.1,\"exact\":12345678901234567890.1,\"small\":0.1,"
                            + "\"wide\":12345678.5,\"flag\":true,\"day\":\"2024-02-29\",\"words\":\"é \\\"x\\\"\","
                            + "\"raw\":\"AP8=\",\"doc\":{\"a\":1,\"b\":[true,null,\"x y\"]},\"plain_integer\":42,");
            for (Format format : new Format[] {Format.CSV, Format.JSON, Format.NDJSON}) {
                assertThat(encoded(catalog, "postgresql", format))
                        .as(format.id())
                        .isEqualTo(encoded(catalog, "sqlite", format));
            }
        }
    }

    private Catalog catalog(String postgresql) throws Exception {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), CATALOG.replace("%1$s", COLUMNS));
        return new CatalogLoader(
                        new JdbcSourceInspector(connections),
                        Map.of("POSTGRESQL", postgresql)::get,
                        Encoders.available())
                .load(file)
                .catalog();
    }

    private String encoded(Catalog catalog, String dataset, Format format) throws Exception {
        DatasetFile file = catalog.find(dataset).orElseThrow().files().get(0);
        RowSelection selection = new RowSelection(
                catalog.find(dataset).orElseThrow().source(),
                file,
                file.columns(),
                new BoundParameters(Map.of(), Map.of()));
        EncodedBytes out = new EncodedBytes();
        RowEncoder encoder = Encoders.of(format, file.columns(), FormatOptions.DEFAULT, out, Resume.NONE);
        encoder.begin();
        try (RowReader reader = new JdbcRowSource(connections).open(selection)) {
            copy(reader, String.valueOf(reader.lastPosition()), encoder);
        }
        encoder.end();
        return new String(Encoding.content(out), UTF_8);
    }

    /** In as many legs as it takes: on a busy machine the time of one may be over before its rows are. */
    private static void copy(RowReader reader, String bound, RowEncoder encoder) throws Exception {
        String after = null;
        boolean last = false;
        while (!last) {
            try (RowReader.Leg leg = reader.read(after, bound)) {
                while (leg.next()) {
                    leg.copyTo(encoder);
                    after = leg.position();
                }
                last = leg.isLast();
            }
        }
    }
}
