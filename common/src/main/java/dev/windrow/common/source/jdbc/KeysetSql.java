package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.KeyPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of one file: the operator's query inside, and around it what makes it keyset reading.
 *
 * <p>Key parts that run in one direction are compared as a row value, which one range of an index answers. Where the direction
 * changes, the order is not one range: {@code a asc, b desc} after (1, 2) is {@code a >= 1 and (a > 1 or (a = 1 and b < 2))}.
 * The first comparison follows from the rest, and is there because it is the one that an index can answer.
 *
 * @param query the operator's query, with placeholders
 * @param columns the names of the columns to be given
 * @param placeholders what stands for a value of each key part, {@code ?} or a cast of it
 */
record KeysetSql(
        String query,
        List<String> columns,
        List<KeyPart> key,
        List<String> placeholders,
        Names names,
        Dialect dialect) {
    KeysetSql {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        placeholders = List.copyOf(placeholders);
    }

    /**
     * SQL that compares with one or two keys.
     *
     * @param parts the key parts whose values its placeholders take, in order, after the query's own
     * @param ofFirst how many of these are of the first key; the rest is of the second
     */
    record Statement(String sql, List<Integer> parts, int ofFirst) {
        Statement {
            parts = List.copyOf(parts);
        }

        /** The values for the placeholders. */
        Object[] values(Object[] first, Object[] second) {
            return IntStream.range(0, parts.size())
                    .mapToObj(i -> (i < ofFirst ? first : second)[parts.get(i)])
                    .toArray();
        }
    }

    /** Columns and key of any row, for what the database tells of them. */
    String anyRow() {
        return "select " + columnsAndKey() + from();
    }

    /** Rows from the start up to a bound. The values are the bound's. */
    Statement first(int rows) {
        Condition bound = beside(0, "<=");
        return new Statement(inOrder("\nwhere " + bound.sql, rows), bound.parts, bound.parts.size());
    }

    /** Rows after a position up to a bound. The values are the position's, then the bound's. */
    Statement next(int rows) {
        Condition after = beside(0, ">");
        Condition bound = beside(0, "<=");
        return new Statement(
                inOrder("\nwhere " + after.sql + "\n  and " + bound.sql, rows),
                joined(after, bound),
                after.parts.size());
    }

    /** The number of rows up to a bound. */
    Statement count() {
        Condition bound = beside(0, "<=");
        return new Statement("select count(*)" + from() + "\nwhere " + bound.sql, bound.parts, bound.parts.size());
    }

    /** The key of the last row. */
    String last() {
        return dialect.limit("select " + keyColumns() + from() + orderBy(true), 1);
    }

    /** A row that has no value in that part of the key. */
    String anyNull(int part) {
        return dialect.limit("select 1" + from() + "\nwhere " + column(part) + " is null", 1);
    }

    /** A row that has two keys at once, which the database then takes for equal. The values are one key's, then the other's. */
    Statement equal() {
        List<Integer> parts =
                IntStream.range(0, key.size() * 2).mapToObj(i -> i % key.size()).toList();
        String both = parts.stream()
                .map(part -> column(part) + " = " + placeholders.get(part))
                .collect(Collectors.joining(" and "));
        return new Statement(dialect.limit("select 1" + from() + "\nwhere " + both, 1), parts, key.size());
    }

    private String inOrder(String where, int rows) {
        return dialect.limit("select " + columnsAndKey() + from() + where + orderBy(false), rows);
    }

    /** On lines of its own, since the query may end in a comment. */
    private String from() {
        return "\nfrom (\n" + query + "\n) q";
    }

    private String columnsAndKey() {
        String selected =
                columns.stream().map(column -> names.quote(column) + ", ").collect(Collectors.joining());
        return selected + keyColumns();
    }

    /** Without a key a number, since a select list must not be empty. */
    private String keyColumns() {
        return key.isEmpty()
                ? "1"
                : IntStream.range(0, key.size()).mapToObj(this::column).collect(Collectors.joining(", "));
    }

    private String orderBy(boolean reversed) {
        if (key.isEmpty()) {
            return "";
        }
        return IntStream.range(0, key.size())
                .mapToObj(part -> column(part) + (key.get(part).descending() != reversed ? " desc" : ""))
                .collect(Collectors.joining(", ", "\norder by ", ""));
    }

    private String column(int part) {
        return names.quote(key.get(part).column());
    }

    /**
     * Rows on one side of a position, as the parts from one on see it.
     *
     * @param operator {@code >} for after it in the key's order, {@code <=} for up to it
     */
    private Condition beside(int from, String operator) {
        if (key.isEmpty()) {
            return new Condition("1 = 1", List.of());
        }
        int end = endOfRun(from);
        boolean descending = key.get(from).descending();
        boolean entry = from == 0 && operator.equals(">");
        if (end == key.size()) {
            Condition all = compare(from, end, descending ? mirrored(operator) : operator);
            return entry ? all.asEntry(dialect) : all;
        }
        String strict = operator.substring(0, 1);
        String side = descending ? mirrored(strict) : strict;
        Condition wide = compare(from, end, side + "=");
        Condition range = entry ? wide.asEntry(dialect) : wide;
        Condition beyond = compare(from, end, side);
        Condition same = compare(from, end, "=");
        Condition rest = beside(end, operator);
        String sql = "(" + range.sql + " and (" + beyond.sql + " or (" + same.sql + " and " + rest.sql + ")))";
        return new Condition(sql, joined(range, beyond, same, rest));
    }

    /** The end of the parts that can be compared at once. */
    private int endOfRun(int from) {
        int end = from + 1;
        while (dialect.comparesRowValues()
                && end < key.size()
                && key.get(end).descending() == key.get(from).descending()) {
            end++;
        }
        return end;
    }

    private Condition compare(int from, int end, String operator) {
        List<Integer> parts = IntStream.range(from, end).boxed().toList();
        String left = parts.stream().map(this::column).collect(Collectors.joining(", "));
        String right = parts.stream().map(placeholders::get).collect(Collectors.joining(", "));
        return end == from + 1
                ? new Condition(left + " " + operator + " " + right, parts)
                : new Condition("(" + left + ") " + operator + " (" + right + ")", parts);
    }

    private static String mirrored(String operator) {
        return (operator.charAt(0) == '<' ? ">" : "<") + operator.substring(1);
    }

    private static List<Integer> joined(Condition... conditions) {
        List<Integer> parts = new ArrayList<>();
        for (Condition condition : conditions) {
            parts.addAll(condition.parts);
        }
        return Collections.unmodifiableList(parts);
    }

    private record Condition(String sql, List<Integer> parts) {
        Condition asEntry(Dialect dialect) {
            return new Condition(dialect.entry(sql), parts);
        }
    }
}
