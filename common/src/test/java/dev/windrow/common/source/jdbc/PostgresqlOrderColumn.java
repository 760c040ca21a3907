package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.RandomTable.Cells;
import java.util.List;
import java.util.Random;

/**
 * A column of PostgreSQL: types whose values have several texts, and collations that take texts for equal.
 *
 * @param values texts of some
 */
record PostgresqlOrderColumn(String type, List<String> values) {
    /** What the cases' columns need. */
    static final List<String> TYPES = List.of(
            "create collation blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
            "create collation counting (provider = icu, locale = 'und-u-kn-true', deterministic = false)",
            "create collation german (provider = icu, locale = 'de')",
            "create type \"Odd Mood\" as enum ('sad', 'Ok', 'happy', 'a')",
            "create type pair as (a int, b numeric)",
            "create domain word as text collate blind",
            "create domain small as numeric check (value is null or value <> 77)");

    private static final String[] WORDS = {
        "",
        "a",
        "A",
        "á",
        "Á",
        "a ",
        " a",
        "b",
        "B",
        "ab",
        "a-b",
        "-a",
        "ä",
        "e\u0301",
        "é",
        "ß",
        "ss",
        "SS",
        "10",
        "2",
        "02",
        "002",
        "1",
        "x10",
        "x2",
        "x02",
        "\u0131",
        "\u0130",
        "\u212a",
        "k",
        "\uD83D\uDE00",
        "\uE000",
        "it''s",
        "\u200b",
        "a\u0001",
        "\\x",
        "null",
        "{}"
    };

    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "1.0",
        "1.00",
        "2.5",
        "2.50",
        "-1",
        "10",
        "100",
        "1e2",
        "NaN",
        "Infinity",
        "-Infinity",
        "0.1",
        "123456789012345678",
        "1e20",
        "1e-20",
        "9007199254740993"
    };

    static final List<PostgresqlOrderColumn> ALL = List.of(
            of("int", "0", "1", "2", "3", "10", "-1", "2147483647", "-2147483648"),
            of("bigint", "0", "1", "2", "9223372036854775807", "-9223372036854775808", "9007199254740993"),
            of("smallint", "0", "1", "2", "3", "4", "5", "-7"),
            of("numeric", NUMBERS),
            of("numeric(12,3)", "0", "1", "1.5", "1.500", "2", "-1", "NaN", "10"),
            of("small", NUMBERS),
            of("float8", NUMBERS),
            of("float4", "0", "-0", "1", "0.1", "0.3", "1e-45", "3e38", "NaN", "Infinity", "-Infinity", "16777217"),
            of("text", WORDS),
            of("text collate \"C\"", WORDS),
            of("text collate blind", WORDS),
            of("text collate counting", WORDS),
            of("text collate german", WORDS),
            of("varchar(9) collate blind", WORDS),
            of("varchar(9)", WORDS),
            of("char(4)", "a", "a ", "A", "b", "", "ab", "á", " a"),
            of("char(3) collate blind", "a", "a ", "A", "b", "", "ab", "á", " a"),
            of("word", WORDS),
            of("name", "a", "b", "A", "a b", "", "é"),
            of("\"char\"", "a", "b", "A", "", "1"),
            of(
                    "interval",
                    "0",
                    "1 day",
                    "24 hours",
                    "1 mon",
                    "30 days",
                    "720 hours",
                    "-1 day",
                    "1 day -24 hours",
                    "1 hour",
                    "3600 secs",
                    "infinity",
                    "-infinity",
                    "1 year",
                    "360 days",
                    "-1 mon +3 days"),
            of(
                    "jsonb",
                    "1",
                    "1.0",
                    "1.00",
                    "\"a\"",
                    "\"A\"",
                    "null",
                    "[1,2]",
                    "[1.0,2]",
                    "{\"a\":1}",
                    "{\"a\":1.0}",
                    "true",
                    "{}",
                    "[]",
                    "[[]]",
                    "{\"b\":[null]}",
                    "10",
                    "1e1"),
            of("int[]", "{}", "{1}", "{1,2}", "{1,NULL}", "{2}", "[0:1]={1,2}", "{{1,2}}", "{NULL}"),
            of("numeric[]", "{1}", "{1.0}", "{1,2}", "{}", "{NaN}", "{1.00,NULL}"),
            of("text[]", "{a}", "{A}", "{\"a b\",c}", "{}", "{NULL}", "{\"NULL\"}", "{\"\"}"),
            of("text[] collate blind", "{a}", "{A}", "{á}", "{b}", "{}", "{NULL}"),
            of("numrange", "[1,2)", "[1.0,2.00)", "empty", "(,)", "[1,)", "(,5]", "(1,2)", "[1,1]"),
            of("int4range", "[1,2)", "[1,1]", "empty", "(,)", "(0,2)", "(,5]", "[5,9)"),
            of("tstzrange", "[2024-01-01,2025-01-01)", "empty", "(,2024-01-01]", "[2024-01-01 00:00+02,)"),
            of("int4multirange", "{}", "{[1,2)}", "{[1,2),[5,9)}", "{[1,1]}"),
            of("\"Odd Mood\"", "sad", "Ok", "happy", "a"),
            of("\"Odd Mood\"[]", "{sad}", "{Ok,happy}", "{}", "{a,sad}"),
            of(
                    "uuid",
                    "00000000-0000-0000-0000-000000000000",
                    "F0000000-0000-0000-0000-00000000000f",
                    "80000000-0000-0000-0000-000000000000",
                    "7fffffff-ffff-ffff-ffff-ffffffffffff"),
            of("bytea", "\\x", "\\x00", "\\x0000", "\\xff", "\\x61", "\\x6161"),
            of("bool", "true", "false"),
            of("date", "2024-02-29", "infinity", "-infinity", "0044-03-15 BC", "0001-01-01", "5874897-12-31"),
            of("timestamp", "2024-02-29 23:59:59.999999", "infinity", "-infinity", "0044-03-15 BC", "2024-03-01"),
            of(
                    "timestamptz",
                    "2024-02-29 23:59:59.999999+01",
                    "infinity",
                    "-infinity",
                    "0044-03-15 BC",
                    "2024-03-01 00:00+00",
                    "2024-03-01 02:00+02",
                    "1800-01-01 00:00:00 Europe/Berlin"),
            of("time", "00:00", "24:00", "23:59:59.999999", "12:00", "12:00:00.1"),
            of("timetz", "01:00+00", "02:00+01", "00:00-01", "24:00+00", "12:00:00.5+05:30", "00:00+15:59:59"),
            of("inet", "10.0.0.1", "10.0.0.1/24", "10.0.0.0/24", "::1", "10.0.0.1/32", "fe80::/10"),
            of("cidr", "10.0.0.0/24", "10.0.0.0/8", "::/0", "10.0.0.1"),
            of("macaddr", "08:00:2b:01:02:03", "08-00-2b-01-02-04", "0000.0000.0000"),
            of("pair", "(1,1.0)", "(1,1.00)", "(1,)", "(2,1)", "(,1)", "(,)"),
            of("pair[]", "{\"(1,1.0)\"}", "{\"(1,1.00)\"}", "{}", "{\"(2,)\"}"),
            of("bit(3)", "000", "001", "101", "111"),
            of("varbit", "", "0", "00", "1", "101", "10"),
            of("money", "0", "1.00", "-1.5", "12345678.9"),
            of("oid", "0", "1", "4294967295"),
            of("tsvector", "a", "b a", "a:1", "", "a:1A"),
            of("tsquery", "a", "a & b", "!a"),
            of("pg_lsn", "0/0", "16/B374D848", "0/A"),
            of("xid8", "0", "5", "18446744073709551615"));

    private static final List<String> NUMERIC =
            List.of("int", "bigint", "smallint", "numeric", "numeric(12,3)", "float8");

    private static final List<String> TEXT_EXPRESSIONS = List.of(
            "lower(c)",
            "c || ''",
            "c collate \"C\"",
            "c collate blind",
            "c collate counting",
            "c::char(2)",
            "left(c, 1)",
            "upper(c) collate german",
            "to_jsonb(c)",
            "array[c]",
            "length(c)",
            "md5(c)",
            "row(c, 1)::text");

    private static final List<String> EXPRESSIONS = List.of(
            "c::text",
            "(c)",
            "coalesce(c, c)",
            "array[c]",
            "c is not null",
            "case when id % 2 = 0 then c else c end",
            "c::text collate blind",
            "nullif(c, c) is null",
            "(select c)");

    PostgresqlOrderColumn {
        values = List.copyOf(values);
    }

    private static PostgresqlOrderColumn of(String type, String... values) {
        return new PostgresqlOrderColumn(type, List.of(values));
    }

    static PostgresqlOrderColumn any(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** One that a union may have below this. */
    PostgresqlOrderColumn alike(Random random) {
        return NUMERIC.contains(type) ? ofType(NUMERIC.get(random.nextInt(NUMERIC.size()))) : this;
    }

    private static PostgresqlOrderColumn ofType(String type) {
        return ALL.stream()
                .filter(column -> column.type.equals(type))
                .findFirst()
                .orElseThrow();
    }

    private boolean isText() {
        return (type.startsWith("text") && !type.startsWith("text[]")) || type.startsWith("varchar");
    }

    /** SQL of some value. */
    Cells cells() {
        return RandomTable.oneOf(values.stream().map(value -> "'" + value + "'").toList());
    }

    /** SQL of a value that says its type. */
    String typed(Random random) {
        return "cast(" + cells().next(random) + " as " + type.split(" collate")[0] + ")";
    }

    /** Something that is made of a cell. */
    String expression(Random random, String cell) {
        List<String> from = isText() && random.nextBoolean() ? TEXT_EXPRESSIONS : EXPRESSIONS;
        return from.get(random.nextInt(from.size())).replaceAll("\\bc\\b", cell);
    }
}
