package dev.windrow.benchmarks.stretches;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A table of made-up facts on SQLite or PostgreSQL, with an index for each kind of key that there is to be tried. */
public final class Facts {
    private static final String COLUMNS = "select id, code, uid, region, at, value, note from facts";
    private static final Parameter LEAST = new Parameter(
            "least",
            new Parameter.Kind(ParameterType.NUMBER, false, null),
            true,
            null,
            Parameter.Words.NONE,
            Parameter.Limits.NONE);

    private Facts() {}

    /** Makes the table if it does not have so many rows. */
    public static void fill(String url, long rows) throws IOException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (count(statement) != rows) {
                for (String each : url.startsWith("jdbc:sqlite:") ? sqlite(rows) : postgresql(rows)) {
                    statement.execute(each);
                }
            }
        } catch (SQLException e) {
            throw new IOException("the facts could not be made: " + e.getMessage(), e);
        }
    }

    private static long count(Statement statement) {
        try (ResultSet count = statement.executeQuery("select count(*) from facts")) {
            return count.next() ? count.getLong(1) : 0;
        } catch (SQLException e) {
            // It is not there yet.
            return -1;
        }
    }

    private static List<String> sqlite(long rows) {
        return List.of(
                "pragma journal_mode = wal",
                "pragma synchronous = off",
                "drop table if exists facts",
                "drop table if exists regions",
                "create table regions(region integer primary key, name text not null)",
                "insert into regions values (0, 'north'), (1, 'east'), (2, 'south'), (3, 'west'), (4, 'middle')",
                "create table facts(id integer primary key, code text not null, uid text not null,"
                        + " region integer not null, at integer not null, value real not null, note text not null)",
                "insert into facts with recursive n(i) as (select 1 union all select i + 1 from n where i < " + rows
                        + ") select i, printf('%08x-%d', i * 2654435761 & 4294967295, i),"
                        + " printf('%08x-%04x-4%03x-a%03x-%012x', i * 2246822519 & 4294967295, i * 40503 & 65535,"
                        + " i * 7919 & 4095, i * 104729 & 4095, i * 1000003), i * 7919 % 5, 1700000000000 + i * 977,"
                        + " (i * 7919 % 1000003) / 100.0, 'measure ' || (i % 5003) || ' of the line' from n",
                "create unique index facts_code on facts(code)",
                "create unique index facts_uid on facts(uid)",
                "create unique index facts_region on facts(region, id)",
                "create unique index facts_mixed on facts(region, at desc, id)",
                "create unique index facts_at on facts(at, id)",
                "analyze");
    }

    private static List<String> postgresql(long rows) {
        return List.of(
                "drop table if exists facts",
                "drop table if exists regions",
                "create table regions(region int primary key, name text not null)",
                "insert into regions values (0, 'north'), (1, 'east'), (2, 'south'), (3, 'west'), (4, 'middle')",
                "create table facts(id bigint primary key, code text not null, uid uuid not null, region int not null,"
                        + " at timestamptz not null, value double precision not null, note text not null)",
                "insert into facts select i, substr(md5(i::text), 1, 8) || '-' || i, md5('u' || i)::uuid, i * 7919 % 5,"
                        + " timestamptz '2024-01-01 00:00:00+00' + i * interval '977 ms', (i * 7919 % 1000003) / 100.0,"
                        + " 'measure ' || (i % 5003) || ' of the line' from generate_series(1::bigint, " + rows + ") i",
                "create unique index facts_code on facts(code)",
                "create unique index facts_uid on facts(uid)",
                "create unique index facts_region on facts(region, id)",
                "create unique index facts_mixed on facts(region, at desc, id)",
                "create unique index facts_at on facts(at, id)",
                "vacuum analyze facts",
                "vacuum analyze regions");
    }

    /** Files of these facts, one for each kind of key, in the formats in turn. */
    public static List<Input> files(String url) throws IOException {
        return List.of(
                all(url, "integer", Format.CSV, up("id")),
                all(url, "text", Format.JSON, up("code")),
                all(url, "UUID", Format.NDJSON, up("uid")),
                all(url, "moment, integer", Format.JSON, up("at"), up("id")),
                all(url, "composite", Format.CSV, up("region"), up("id")),
                all(url, "descending", Format.NDJSON, down("id")),
                all(url, "mixed (up, down, up)", Format.CSV, up("region"), down("at"), up("id")),
                joined(url));
    }

    /** What can't be made in stretches: the inspector has to say so of each. */
    public static List<Input> refused(String url) throws IOException {
        return List.of(
                of(url, "group by", "select note, count(*) as n from facts group by note", up("note")),
                of(url, "window", "select row_number() over (order by code) as n, id from facts", up("n")),
                of(url, "distinct", "select distinct note from facts", up("note")),
                of(url, "no index", "select id, value, note from facts", up("value"), up("id")),
                of(url, "expression", "select id * 2 as twice, note from facts", up("twice")),
                all(url, "workbook", Format.XLSX, up("id")));
    }

    private static Input joined(String url) throws IOException {
        String query = "select f.id, f.code, f.value, f.note, r.name as region"
                + " from facts f join regions r on r.region = f.region where f.value >= :least";
        BoundParameters parameters = new BoundParameters(Map.of("least", 1000), Map.of("least", new BigDecimal(1000)));
        Input.Query asked = new Input.Query(query, List.of(up("id")), List.of(LEAST), parameters);
        return Input.of("join and parameter", source(url), asked, Format.CSV);
    }

    private static Input all(String url, String name, Format format, KeyPart... key) throws IOException {
        return Input.of(name, source(url), Input.Query.plain(COLUMNS, key), format);
    }

    private static Input of(String url, String name, String query, KeyPart... key) throws IOException {
        return Input.of(name, source(url), Input.Query.plain(query, key), Format.CSV);
    }

    private static Source source(String url) {
        return new Source("facts", url, null, null);
    }

    private static KeyPart up(String column) {
        return new KeyPart(column, false);
    }

    private static KeyPart down(String column) {
        return new KeyPart(column, true);
    }
}
