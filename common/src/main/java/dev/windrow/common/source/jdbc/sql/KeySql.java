package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.jdbc.connect.Dialect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The key of a file in SQL: its columns, its order, and comparisons with its values. Immutable.
 *
 * <p>Key parts that run in one direction are compared as a row value, which one range of an index answers. Where the
 * direction changes, the order is not one range: {@code a asc, b desc} from (1, 2) on is
 * {@code a >= 1 and (a > 1 or (a = 1 and b <= 2))}. The first comparison follows from the rest, and is there because it
 * is the one that an index can answer.
 *
 * @param parts of the key; none for a file that is read in no order
 * @param placeholders what stands for a value of each part, {@code ?} or a cast of it
 */
public record KeySql(List<KeyPart> parts, List<String> placeholders, Names names, Dialect dialect) {
    public KeySql {
        parts = List.copyOf(parts);
        placeholders = List.copyOf(placeholders);
    }

    /**
     * How a leg is begun at a position. All but {@link #PLAIN} are for SQLite, which enters an index by one bound
     * alone.
     */
    public enum Entry {
        /** As it stands. */
        PLAIN,
        /**
         * With the export's bound as the other end: SQLite prefers such a range to a bound that the query itself has.
         */
        RANGE,
        /**
         * By the values alone. The affinity of a column of a union or an expression may have other values compared than
         * sorted (https://www.sqlite.org/datatype3.html, 4.2); the plus takes it away, and the use of an index with it.
         */
        UNINDEXED,
        /**
         * By the values as the query gives them. Where the first arm of a union is real, SQLite gives the integers of
         * the others as reals but lets the arms compare them as they are: from 2^53 on these differ. A limit keeps the
         * comparison out of the arms.
         */
        APART
    }

    /** Where a value comes from: one of the keys that a statement compares with, and a part of it. */
    public record Slot(int of, int part) {}

    /** The keys that a leg compares with. */
    private static final int BOUND = 0;

    private static final int POSITION = 1;

    /** The key with other placeholders. */
    public KeySql with(List<String> others) {
        return new KeySql(parts, others, names, dialect);
    }

    /** A part's column as it stands around the query. */
    public String column(int part) {
        return names.quote(parts.get(part).column());
    }

    /** Without a key a number, since a select list must not be empty. */
    String columns() {
        return parts.isEmpty()
                ? "1"
                : IntStream.range(0, parts.size()).mapToObj(this::column).collect(Collectors.joining(", "));
    }

    /** How rows are ordered; {@code reversed} for the last first. */
    String order(boolean reversed) {
        return IntStream.range(0, parts.size())
                .mapToObj(part -> column(part) + (parts.get(part).descending() != reversed ? " desc" : ""))
                .collect(Collectors.joining(", "));
    }

    /**
     * A window's function, since the database alone knows which keys it takes for equal; rows come in its order as it
     * is.
     */
    String repeats() {
        return IntStream.range(0, parts.size())
                .mapToObj(part -> column(part) + " = lag(" + column(part) + ") over w")
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    /** PostgreSQL's {@code is null} is true of a composite value too that is there and has nulls alone. */
    String isNull() {
        return dialect == Dialect.POSTGRESQL ? " is not distinct from null" : " is null";
    }

    /** Rows up to the bound; without a key, every row. */
    Condition within() {
        Entry compared = dialect == Dialect.SQLITE ? Entry.UNINDEXED : Entry.PLAIN;
        return parts.isEmpty() ? new Condition("1", List.of()) : beside(0, "<=", BOUND, compared);
    }

    /** Rows from the position on, that position's too. */
    Condition from(Entry by) {
        return beside(0, ">=", POSITION, by);
    }

    /** Rows whose first parts, up to {@code end}, are those of the one key that is compared with. */
    Condition same(int end, Entry by) {
        boolean byValue = by == Entry.UNINDEXED || by == Entry.APART;
        Entry compared = byValue ? Entry.UNINDEXED : Entry.PLAIN;
        return each(end, part -> comparable(part, compared) + " = " + placeholders.get(part), BOUND);
    }

    private String comparable(int part, Entry by) {
        return by == Entry.UNINDEXED ? "+" + column(part) : column(part);
    }

    /**
     * Rows on one side of a key, as the parts from one on see it.
     *
     * @param operator {@code >=} for from it on in the key's order, {@code <=} for up to it
     */
    private Condition beside(int from, String operator, int of, Entry by) {
        int end = endOfRun(from);
        boolean descending = parts.get(from).descending();
        if (end == parts.size()) {
            return entering(compare(from, end, descending ? mirrored(operator) : operator, of, by), from, by);
        }
        String strict = operator.substring(0, 1);
        String side = descending ? mirrored(strict) : strict;
        Condition range = entering(compare(from, end, side + "=", of, by), from, by);
        Condition beyond = compare(from, end, side, of, by);
        Condition same = compare(from, end, "=", of, by);
        Condition rest = beside(end, operator, of, by == Entry.UNINDEXED ? by : Entry.PLAIN);
        String sql = "(" + range.sql + " and (" + beyond.sql + " or (" + same.sql + " and " + rest.sql + ")))";
        return new Condition(sql, joined(range, beyond, same, rest));
    }

    private Condition entering(Condition comparison, int from, Entry by) {
        if (by == Entry.RANGE && from == 0) {
            boolean descending = parts.get(0).descending();
            String value = placeholders.get(0);
            List<Slot> ends =
                    List.of(new Slot(descending ? BOUND : POSITION, 0), new Slot(descending ? POSITION : BOUND, 0));
            Condition range = new Condition(column(0) + " between " + value + " and " + value, ends);
            return new Condition("(" + range.sql + " and " + comparison.sql + ")", joined(range, comparison));
        }
        return comparison;
    }

    /** The end of the parts that can be compared at once. */
    private int endOfRun(int from) {
        int end = from + 1;
        while (dialect.comparesRowValues()
                && end < parts.size()
                && parts.get(end).descending() == parts.get(from).descending()) {
            end++;
        }
        return end;
    }

    private Condition compare(int from, int end, String operator, int of, Entry by) {
        String left = IntStream.range(from, end)
                .mapToObj(part -> comparable(part, by))
                .collect(Collectors.joining(", "));
        String right = String.join(", ", placeholders.subList(from, end));
        List<Slot> slots = slots(from, end, of);
        return end == from + 1
                ? new Condition(left + " " + operator + " " + right, slots)
                : new Condition("(" + left + ") " + operator + " (" + right + ")", slots);
    }

    Condition each(int end, IntFunction<String> each, int of) {
        return new Condition(
                IntStream.range(0, end).mapToObj(each).collect(Collectors.joining(" and ")), slots(0, end, of));
    }

    static List<Slot> slots(int from, int end, int of) {
        return IntStream.range(from, end).mapToObj(part -> new Slot(of, part)).toList();
    }

    private static String mirrored(String operator) {
        return (operator.charAt(0) == '<' ? ">" : "<") + operator.substring(1);
    }

    static List<Slot> joined(Condition... conditions) {
        List<Slot> slots = new ArrayList<>();
        for (Condition condition : conditions) {
            slots.addAll(condition.slots);
        }
        return Collections.unmodifiableList(slots);
    }

    /** A part of a statement, and what its placeholders take. */
    record Condition(String sql, List<Slot> slots) {
        static final Condition NONE = new Condition("", List.of());
    }
}
