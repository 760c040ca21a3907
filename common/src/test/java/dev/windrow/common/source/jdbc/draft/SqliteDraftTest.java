package dev.windrow.common.source.jdbc.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each draft is loaded as a start would load it. */
final class SqliteDraftTest {
    @TempDir
    private Path folder;

    private Path database;

    private String make(String... statements) throws SQLException {
        database = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return "jdbc:sqlite:" + database;
    }

    private CatalogDraft draft(String... statements) throws SQLException, InspectionException {
        return Drafts.sound(make(statements), folder);
    }

    private Dataset dataset(CatalogDraft draft, String name) {
        try (SourceConnections connections = new SourceConnections()) {
            DraftedSource source = Drafts.source("jdbc:sqlite:" + database, folder);
            Catalog catalog = Drafts.load(draft, source, folder, connections);
            return catalog.find(name).orElseThrow();
        }
    }

    @Test
    void takesPrimaryKeysInTheirOrder() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table lines (pos int, invoice int, text, primary key (invoice, pos))",
                "create table single (id integer primary key, v)",
                "create table bare (word text primary key) without rowid");

        assertThat(draft.omitted()).isEmpty();
        assertThat(draft.datasets()).containsExactly("bare", "lines", "single");
        assertThat(draft.text()).contains("key: [invoice, pos]").contains("key: [id]");
    }

    @Test
    void takesNoPrimaryKeyWithNulls() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table holes (a text, b text, primary key (a, b))",
                "insert into holes values ('x', null)",
                "create table one (a text primary key)",
                "insert into one values (null)",
                "create table other (a text primary key, b int not null unique)",
                "insert into other values (null, 1)",
                "create table full (a text, b text, primary key (a, b))",
                "insert into full values ('x', 'y')");

        assertThat(draft.datasets()).containsExactly("full", "other");
        assertThat(draft.text()).contains("key: [b]");
        assertThat(draft.omitted()).hasSize(2).allMatch(line -> line.contains("a null in its primary key"));
    }

    @Test
    void takesAUniqueIndexOfAllRowsOverColumnsThatAreNotNull() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table good (a text not null, b int not null, unique (b, a))",
                "create table nullable (a text unique)",
                "create table partial (a text not null, b)",
                "create unique index partial_a on partial (a) where b is null",
                "create table folded (a text not null)",
                "create unique index folded_a on folded (lower(a))",
                "create table heap (a)");

        assertThat(draft.datasets()).containsExactly("good");
        assertThat(draft.text()).contains("key: [b, a]");
        assertThat(draft.omitted())
                .hasSize(4)
                .allMatch(line -> line.contains("no primary key, and no unique index over columns that are not null"));
        assertThat(draft.text()).contains("# - heap: it has no primary key");
    }

    @Test
    void takesAViewOverOneTableByThatTablesKey() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table people (id integer primary key, name text, boss int)",
                "create view named as select id, name from people where name is not null",
                "create view nameless as select name from people",
                "create view lying as select boss as id, name from people",
                "create view pairs as select p.id, b.name from people p join people b on b.id > p.id",
                "create view broken as select missing from people");

        assertThat(draft.datasets()).containsExactly("named", "people");
        assertThat(draft.omitted()).hasSize(4);
        assertThat(Drafts.line(draft.omitted(), "broken: ")).contains("no such column");
        assertThat(Drafts.line(draft.omitted(), "lying: ")).contains("does not tell what keeps the rows");
    }

    @Test
    void leavesOutTheTablesOfSqliteItselfAndOfVirtualOnes() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create virtual table words using fts5 (text)",
                "create table t (id integer primary key autoincrement)",
                "insert into t default values",
                "analyze");

        assertThat(draft.datasets()).containsExactly("t");
        assertThat(draft.omitted()).hasSize(1).first().asString().startsWith("words: ");
    }

    @Test
    void keepsNamesThatAreOdd() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table \"it's \"\"odd\"\" näme: {x} #1\" (\"or'der\" int primary key, \"a, b\" text, \"#\" int)",
                "create table \"select\" (\"group\" int, \"from\" text, \"null\" int, primary key (\"from\", \"group\"))",
                "create table \"two\nlines\t\u202eRTL\" (\"a\nb\" int primary key)",
                "create table \"a_b%c\" (\"no\" integer primary key, \":name\" text, \"?\" text, \"$1\" text)",
                "create table \"中文\" (\"идентификатор\" integer primary key)",
                "create table \"con\" (\"id\" integer primary key)",
                "create table manifest (id integer primary key)",
                "create table \"100%\" (\"[x]\" integer primary key, \"``\" text, \"${HOME}\" text, \"\\\" text)");

        assertThat(draft.omitted()).isEmpty();
        assertThat(draft.datasets())
                .containsExactlyInAnyOrder(
                        "it-s-odd-name-x-1", "select", "two-lines-rtl", "a-b-c", "table", "con", "manifest", "100");
        assertThat(dataset(draft, "it-s-odd-name-x-1").files().get(0).columns())
                .extracting(Column::name)
                .containsExactly("or'der", "a, b", "#");
        assertThat(draft.text()).doesNotContain("\u202e").contains("\\U0000202e");
    }

    @Test
    void givesNamesThatCollideNumbers() throws SQLException, InspectionException {
        String longName = "n".repeat(80);
        CatalogDraft draft = draft(
                "create table \"a b\" (id integer primary key)",
                "create table \"a-b\" (id integer primary key)",
                "create table \"A_B\" (x integer primary key)",
                "create table \"" + longName + "1\" (id integer primary key)",
                "create table \"" + longName + "2\" (id integer primary key)",
                "create table \"%\" (id integer primary key)",
                "create table \"&\" (id integer primary key)");

        assertThat(draft.datasets())
                .containsExactlyInAnyOrder(
                        "a-b", "a-b-2", "a-b-3", "n".repeat(64), "n".repeat(62) + "-2", "table", "table-2");
    }

    @Test
    void leavesOutAKeyThatACatalogHasNoWordsFor() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table a (\"id desc\" integer primary key)",
                "create table b (\" id\" integer primary key)",
                "create table c (id integer primary key)");

        assertThat(draft.datasets()).containsExactly("c");
        assertThat(draft.omitted()).allMatch(line -> line.contains("give it an alias"));
    }

    @Test
    void leavesOutColumnsWithoutANameAlone() throws SQLException, InspectionException {
        CatalogDraft draft = draft("create table t (id integer primary key, \" \" text, v text)");

        assertThat(dataset(draft, "t").files().get(0).columns())
                .extracting(Column::name)
                .containsExactly("id", "v");
    }

    @Test
    void filtersByIndexedDays() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table orders (id integer primary key, placed_on date, paid_at text, shipped datetime, n int)",
                "create index by_placed on orders (placed_on)",
                "create index by_paid on orders (paid_at, n)",
                "create index by_n on orders (n, shipped)",
                "insert into orders values (1, '2026-01-01', '2026-01-01T10:00:00Z', '2026-01-01', 1)",
                "insert into orders values (2, '2026-02-01', '2026-02-01 10:00:00', '2026-01-01', 1)");

        assertThat(dataset(draft, "orders").parameters())
                .extracting(Parameter::name)
                .containsExactly("since", "until", "paid_at_since", "paid_at_until");
        assertThat(draft.text())
                .contains("where (:since is null or \"placed_on\" >= :since)")
                .contains("  and (:paid_at_until is null or \"paid_at\" < :paid_at_until)");
    }

    @Test
    void guessesNoDayWhereThereIsNone() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table empty (id integer primary key, at datetime)",
                "create index empty_at on empty (at)",
                "create table numbers (id integer primary key, at datetime)",
                "create index numbers_at on numbers (at)",
                "insert into numbers values (1, 1767225600000)",
                "create table mixed (id integer primary key, at datetime)",
                "create index mixed_at on mixed (at)",
                "insert into mixed values (1, '2026-01-01'), (2, 'soon')",
                "create table cat (id integer primary key, status text)",
                "create index cat_status on cat (status)",
                "insert into cat values (1, '2026-01-01')");

        assertThat(draft.text()).doesNotContain("since").contains("# at seems to be a time and holds numbers");
        assertThat(draft.datasets()).hasSize(4);
    }

    @Test
    void pointsOutOwnersAndWhatColumnsReferTo() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table users (id integer primary key)",
                "create table notes (id integer primary key, user_id int references users (id), \"TenantID\" int)");

        assertThat(draft.text())
                .contains("# user_id seems to say whose a row is")
                .contains("where \"user_id\" = :principal")
                .contains("# TenantID seems to say whose a row is")
                .contains("- { name: user_id } # integer, refers to users (id)");
    }

    @Test
    void saysWhichTypeAColumnHas() throws SQLException, InspectionException {
        CatalogDraft draft =
                draft("create table t (id integer primary key, name varchar(20), price decimal(5, 2), photo blob, x,"
                        + " twice int generated always as (id * 2) virtual)");

        assertThat(draft.text())
                .contains("{ name: name } # string")
                .contains("{ name: price } # number")
                .contains("{ name: photo } # bytes")
                .contains("{ name: x } # any")
                .contains("{ name: twice } # integer");
    }

    @Test
    void draftsATableOfVeryManyColumns() throws SQLException, InspectionException {
        StringBuilder wide = new StringBuilder("create table wide (c0 integer primary key");
        for (int i = 1; i < 1500; i++) {
            wide.append(", c").append(i).append(" text");
        }
        CatalogDraft draft = draft(wide.append(")").toString());

        assertThat(dataset(draft, "wide").files().get(0).columns()).hasSize(1500);
    }

    @Test
    void leavesTheColumnsLinesOutWhereTheFileWouldBeTooLong() throws SQLException, InspectionException {
        String columns = IntStream.range(0, 200)
                .mapToObj(i -> ", a_column_of_a_table_with_a_name_" + i + " text")
                .collect(Collectors.joining());
        String[] tables = IntStream.range(0, 100)
                .mapToObj(i -> "create table t" + i + " (id integer primary key" + columns + ")")
                .toArray(String[]::new);

        CatalogDraft draft = draft(tables);

        assertThat(draft.datasets()).hasSize(100);
        assertThat(draft.text()).doesNotContain("columns:").hasSizeLessThan(1 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.db, jdbc:sqlite:shop.db",
        "'my own: shop.db', \"jdbc:sqlite:my own: shop.db\"",
        "Läden.sqlite3, \"jdbc:sqlite:Läden.sqlite3\""
    })
    void namesAFileBesideTheCatalogByItsName(String name, String url) throws Exception {
        make("create table t (id integer primary key)");
        Path other = Files.move(database, folder.resolve(name));

        CatalogDraft draft = Drafts.sound("jdbc:sqlite:" + other, folder);

        assertThat(draft.text()).contains("url: " + (url.startsWith("\"") ? url : "\"" + url + "\""));
    }

    @Test
    void namesAFileElsewhereByItsWholePath() throws Exception {
        make("create table t (id integer primary key)");
        Path catalogs = Files.createDirectory(folder.resolve("catalogs"));

        assertThat(Drafts.sound("jdbc:sqlite:" + database, catalogs).text()).contains("jdbc:sqlite:" + database);
        assertThat(Drafts.sound("jdbc:sqlite:file:" + database + "?mode=ro", catalogs)
                        .text())
                .contains("jdbc:sqlite:file:" + database + "?mode=ro");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:sqlite:nowhere.db", "jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:oracle:thin:a/b@x", "x"})
    void refusesWhatNoCatalogCanRead(String url) {
        assertThatThrownBy(() -> Drafts.source(url, folder)).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("nowhere.db")).doesNotExist();
    }

    @Test
    void saysThatAFileIsNoDatabase() throws Exception {
        Path text = Files.writeString(folder.resolve("text.db"), "no database at all, but long enough".repeat(90));

        assertThatThrownBy(() -> Drafts.sound("jdbc:sqlite:" + text, folder))
                .isInstanceOf(InspectionException.class)
                .hasMessageContaining("not a database");
    }

    @Test
    void draftsNothingOfADatabaseWithoutTables() throws SQLException, InspectionException {
        try (SourceConnections connections = new SourceConnections()) {
            DraftedSource source = Drafts.source(make("pragma user_version = 1"), folder);

            CatalogDraft draft = new CatalogDrafter(connections, List.of()).draft(source);

            assertThat(draft.datasets()).isEmpty();
            assertThat(draft.omitted()).isEmpty();
        }
    }
}
