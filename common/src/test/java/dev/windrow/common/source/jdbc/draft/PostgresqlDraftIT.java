package dev.windrow.common.source.jdbc.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.source.jdbc.PostgresqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each draft is loaded as a start would load it. */
@Tag("slow")
final class PostgresqlDraftIT {
    private static final AtomicInteger MADE = new AtomicInteger();

    @TempDir
    private Path folder;

    private static String make(String... statements) throws SQLException {
        String url = PostgresqlServer.STARTED.makeDatabase("draft" + MADE.incrementAndGet());
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return url;
    }

    private CatalogDraft draft(String... statements) throws SQLException, InspectionException {
        return Drafts.sound(make(statements), folder);
    }

    @Test
    void draftsTablesOfEveryKind() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create type mood as enum ('sad', 'happy')",
                "create table people (id int primary key, mood mood, tags text[], photo bytea, doc jsonb, x xml,"
                        + " place point, twice int generated always as (id * 2) stored)",
                "create table lines (pos int, invoice int, primary key (invoice, pos))",
                "create table moods (mood mood, day date, primary key (mood, day))",
                "create table parts (id int, day date, primary key (id, day)) partition by range (day)",
                "create table parts1 partition of parts for values from ('2024-01-01') to ('2025-01-01')",
                "create table rest partition of parts default",
                "create table uniques (a text not null, b int unique)",
                "create unique index on uniques (a)",
                "create table later (id int not null unique deferrable initially deferred)",
                "create table partial (id int not null, live bool)",
                "create unique index on partial (id) where live",
                "create table heap (j json)",
                "create temporary table passing (id int primary key)",
                "create unlogged table fast (id int primary key)");

        assertThat(draft.datasets()).containsExactlyInAnyOrder("fast", "lines", "moods", "parts", "people", "uniques");
        assertThat(draft.omitted())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("public.heap", "public.later", "public.partial");
        assertThat(draft.text())
                .contains("key: [invoice, pos]")
                .contains("from \"public\".\"parts\"")
                .contains("key: [a]")
                .contains("{ name: doc } # json")
                .contains("{ name: photo } # bytes")
                .contains("{ name: tags } # string");
    }

    @Test
    void takesAViewOverOneTableByThatTablesKey() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table people (id int primary key, name text, boss int)",
                "create view named as select id, name from people where name is not null",
                "create view nameless as select name from people",
                "create view lying as select boss as id, name from people",
                "create view pairs as select p.id, b.name from people p join people b on b.id > p.id",
                "create view over_view as select id from named",
                "create view two as select p.id, t.typname from people p, pg_type t",
                "create materialized view kept as select boss as id, name from people",
                "create unique index on kept (name)",
                "create materialized view holes as select boss as id, name from people",
                "insert into people values (1, 'a', null)",
                "refresh materialized view holes",
                "create unique index on holes (id)",
                "create materialized view later as select id from people with no data");

        assertThat(draft.datasets()).containsExactly("kept", "named", "people");
        assertThat(Drafts.line(draft.omitted(), "public.later: ")).contains("refresh the materialized view");
        assertThat(Drafts.line(draft.omitted(), "public.pairs: ")).contains("does not tell what keeps the rows");
        assertThat(draft.omitted()).hasSize(7);
    }

    @Test
    void tellsTablesOfTwoSchemasApart() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create schema \"Sales Team\"",
                "create table orders (id int primary key)",
                "create table \"Sales Team\".orders (id int primary key, parent int references public.orders)",
                "create table \"Orders\" (\"ID\" int primary key, \"id\" int, \"se\"\"lect\" int)",
                "create table \"Sales Team\".alone (id int primary key)",
                "create table \"ÄÖÜ ß: 'x'\" (\"Größe, in m\" int primary key)");

        assertThat(draft.datasets())
                .containsExactlyInAnyOrder(
                        "sales-team-orders", "public-orders", "public-orders-2", "alone", "aou-ss-x");
        assertThat(draft.text())
                .contains("from \"Sales Team\".\"orders\"")
                .contains("{ name: parent } # integer, refers to public.orders (id)");
    }

    @Test
    void filtersByIndexedDaysAndMoments() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table orders (id int primary key, day date, at timestamptz, local timestamp, free date)",
                "create index on orders (day desc)",
                "create index on orders (at, id)",
                "create index on orders (local)",
                "create index on orders (id, free)");

        assertThat(draft.text())
                .contains("since: { type: date, title: \"From (day)\" }")
                .contains("at_since: { type: timestamp, bind: text, title: \"From (at)\" }")
                .contains("\"at\" >= cast(:at_since as timestamp with time zone)")
                .contains("\"local\" < cast(:local_until as timestamp)")
                .doesNotContain("free_since");
    }

    @Test
    void namesWhatItsUserMayNotRead() throws SQLException, InspectionException {
        String url = make(
                "do $$ begin create role drafting login; exception when duplicate_object then null; end $$",
                "create table open (id int primary key, secret text)",
                "create table closed (id int primary key)",
                "create table half (id int primary key, secret text)",
                "create schema hidden",
                "create table hidden.inner_one (id int primary key)",
                "grant select on open to drafting",
                "grant select (id) on half to drafting",
                "grant select on hidden.inner_one to drafting");

        CatalogDraft draft = Drafts.sound(url.replace("user=postgres", "user=drafting"), folder);

        assertThat(draft.datasets()).containsExactly("open");
        assertThat(draft.omitted()).hasSize(3).allMatch(line -> line.contains("may not read it; grant select on it"));
    }

    @Test
    void leavesOutTablesThatOthersInheritFrom() throws SQLException, InspectionException {
        CatalogDraft draft = draft(
                "create table animals (id int primary key)", "create table cats (primary key (id)) inherits (animals)");

        assertThat(draft.datasets()).containsExactly("cats");
        assertThat(draft.omitted()).hasSize(1).first().asString().contains("other tables inherit from it");
    }

    @Test
    void draftsHundredsOfTables() throws SQLException, InspectionException {
        String url = make("do $$ begin for i in 1..200 loop execute format("
                + "'create table t%s (id bigint primary key, name text, at timestamptz)', i); end loop; end $$");

        assertThat(Drafts.sound(url, folder).datasets()).hasSize(200);
    }
}
