package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteRowSourceTest extends RowSourceContract {
    @TempDir
    Path folder;

    private SqliteSource file() {
        return new SqliteSource(folder.resolve("plant.db"));
    }

    @Override
    TestDatabase database() {
        return file();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "wal"})
    void leavesTheFileAsItIsInEitherJournalMode(String mode) throws Exception {
        run("select 1");
        file().run("pragma journal_mode = " + mode);
        byte[] before = Files.readAllBytes(file().file());
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            assertThat(Selections.readAll(reader, 7)).hasSize(61);
            assertThat(reader.count(last(reader))).hasValue(61);
        }
        connections.close();
        assertThat(Files.readAllBytes(file().file())).isEqualTo(before);
    }

    @Test
    void tellsBytesThatAreNoUtf8FromTheCharacterThatStandsForThem() throws Exception {
        run("create table odd (id integer primary key, t text)");
        run("insert into odd values (1, cast(x'61ff62' as text)), (2, cast(x'efbfbd' as text)),"
                + " (3, cast(x'eda080efbfbd' as text)), (4, cast(x'f09f98' as text))");
        try (RowReader reader = rows.open(Selections.of(source(), "select * from odd", "id", "t"))) {
            assertThat(Selections.readAll(reader, 7))
                    .extracting(row -> row.get(0))
                    .containsExactly("a\uDC80b", "\uFFFD", "\uDC80\uFFFD", "\uDC80");
        }
    }

    @Test
    void leavesNoOtherFileBesideOneWithARollbackJournal() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            Selections.readAll(reader, 7);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file().file());
        }
    }

    @Test
    void isNotOpenedForWritingByItsUrlEither() {
        Path gone = folder.resolve("gone.db");
        Source source = new Source("plant", "jdbc:sqlite:" + gone + "?open_mode=6&cache=private", null, null);
        SourceException refused = refused(rows.open(Selections.of(source, "select 1 as n", "n", "n"))::lastPosition);
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.detail()).isEqualTo("The source database is not available.");
        assertThat(gone).doesNotExist();
    }

    @Test
    void isUnavailableWhileAnotherLocksTheFile() throws Exception {
        try (SourceConnections impatient = new SourceConnections(20);
                RowReader reader =
                        new JdbcRowSource(impatient).open(Selections.of(source(), "select * from items", "id", "id"));
                Connection other = file().connect();
                Statement statement = other.createStatement()) {
            statement.execute("begin exclusive");
            SourceException refused = refused(reader::lastPosition);
            assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refused.detail()).isEqualTo("The source database is not available.");
            statement.execute("rollback");
            assertThat(reader.lastPosition()).isNotNull();
        }
    }

    @Test
    void doesNotHoldUpAWriterBetweenLegs() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            String bound = last(reader);
            run("insert into items values (101, 0, 'x', null)");
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
            }
            run("insert into items values (102, 0, 'x', null)");
        }
    }

    @Test
    void opensTheFileThatWasPutInThePlaceOfTheOldOne() throws Exception {
        try (LentConnection connection = connections.lend(source())) {
            assertThat(connection.connection().isClosed()).isFalse();
        }
        Path other = new SqliteSource(folder.resolve("new.db"))
                .run("create table items(id integer primary key)", "insert into items values (7)")
                .file();
        Files.move(other, file().file(), StandardCopyOption.REPLACE_EXISTING);
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            assertThat(Selections.readAll(reader, 7)).isEqualTo(List.of(List.of(7L)));
        }
    }

    @Test
    void givesEveryValueByItsOwnTypeWhateverItsColumnDeclares() throws Exception {
        run("create table v(id integer primary key, i integer, t text, r real, b blob, n)");
        String big = "x\0y".repeat(350_000);
        try (Connection connection = file().connect();
                PreparedStatement insert = connection.prepareStatement("insert into v values (?, ?, ?, ?, ?, ?)")) {
            Object[][] all = {
                {1L, "no number", 7L, "text", "text", null},
                {2L, Long.MIN_VALUE, "", Double.POSITIVE_INFINITY, new byte[] {}, Long.MAX_VALUE},
                {3L, 1.5, big, -0.0, new byte[] {0, -1}, Double.MIN_VALUE},
                {4L, null, "\uD83D\uDE00\uFEFF\r\n\"", Double.NaN, null, -0.0},
            };
            for (Object[] row : all) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.execute();
            }
        }
        try (RowReader reader = rows.open(Selections.of(source(), "select * from v", "id", "n, i, t, r, b"))) {
            assertThat(Selections.readAll(reader, 3))
                    .containsExactly(
                            Arrays.asList(null, "no number", "7", "text", "text"),
                            Arrays.asList(
                                    Long.MAX_VALUE,
                                    Long.MIN_VALUE,
                                    "",
                                    Double.POSITIVE_INFINITY,
                                    new RecordedRows.Bytes("")),
                            Arrays.asList(Double.MIN_VALUE, 1.5, big, 0.0, new RecordedRows.Bytes("00ff")),
                            Arrays.asList(-0.0, null, "\uD83D\uDE00\uFEFF\r\n\"", null, null));
        }
    }

    @Test
    void bindsDecimalsAsNumbersAlsoWhereNoColumnSaysSo() throws Exception {
        String query = "select id from items where id * 1.0 > :low and id + 0 <= :high";
        var limits = Map.of("low", new BigDecimal("57.5"), "high", new BigDecimal("60.0"));
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "id", limits))) {
            assertThat(Selections.readAll(reader, 7)).isEqualTo(List.of(List.of(58L), List.of(59L), List.of(60L)));
        }
    }
}
