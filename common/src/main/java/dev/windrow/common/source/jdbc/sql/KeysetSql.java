package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.sqlite.SqliteAffinities;
import dev.windrow.common.source.jdbc.sqlite.SqliteExplain;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of one file: the operator's query inside, and around it what makes it keyset reading.
 *
 * <p>Key parts that run in one direction are compared as a row value, which one range of an index answers. Where the
 * direction changes, the order is not one range: {@code a asc, b desc} from (1, 2) on is
 * {@code a >= 1 and (a > 1 or (a = 1 and b <= 2))}. The first comparison follows from the rest, and is there because it
 * is the one that an index can answer.
 *
 * @param query the operator's query, with placeholders
 * @param columns the names of the columns to be given
 * @param placeholders what stands for a value of each key part, {@code ?} or a cast of it
 * @param marks what each row says beside its values and its key
 * @param entry how the position is compared with
 */
public record KeysetSql(
        String query,
        List<String> columns,
        List<KeyPart> key,
        List<String> placeholders,
        Marks marks,
        Entry entry,
        Names names,
        Dialect dialect) {
    public KeysetSql {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        placeholders = List.copyOf(placeholders);
    }

    /**
     * What rows say of themselves.
     *
     * @param repeats whether the database takes a row's key for that of the row before
     * @param content all that the query has of it, at the end of what is selected
     */
    public record Marks(boolean repeats, boolean content) {
        public static final Marks NONE = new Marks(false, false);
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

    /**
     * SQL that compares with keys.
     *
     * @param before what its placeholders before the query's own take
     * @param after what those after the query's own take
     */
    public record Statement(String sql, List<Slot> before, List<Slot> after) {
        public Statement {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** The keys that a leg compares with. */
    private static final int BOUND = 0;

    private static final int POSITION = 1;

    public KeysetSql entered(Entry by) {
        return new KeysetSql(query, columns, key, placeholders, marks, by, names, dialect);
    }

    /** Columns and key of any row, for what the database tells of them. */
    public String anyRow() {
        return "select " + columnsAndKey() + from();
    }

    /**
     * All rows from the start. Beside its columns and its key each row says whether it is within the bound: no
     * comparison leaves a row out. The key is the bound.
     */
    public Statement first() {
        return leg(new Condition("", List.of()));
    }

    /** All rows from a position on, that position's too. The keys are the bound, and the position. */
    public Statement next() {
        Condition from = beside(0, ">=", POSITION, entry == Entry.APART ? Entry.UNINDEXED : entry);
        return leg(new Condition("\nwhere " + from.sql, from.slots));
    }

    /** As {@link #next}, without what only its reader needs: for what the database says of it. */
    public Statement walk() {
        Condition from = beside(0, ">=", POSITION, entry);
        return new Statement(
                "select " + columnsAndKey() + from() + "\nwhere " + from.sql + orderBy(false), List.of(), from.slots);
    }

    /** The forms by which SQLite may enter an index at the position. */
    public List<KeysetSql> indexed() {
        return List.of(entered(Entry.PLAIN), entered(Entry.RANGE));
    }

    /** The one by which SQLite does enter an index at the position; where there is none, the one that needs none. */
    public KeysetSql entering(Connection sqlite, int parameters) throws SQLException {
        for (KeysetSql form : indexed()) {
            Statement next = form.next();
            int position = next.before.size() + parameters + 1;
            if (SqliteExplain.program(sqlite, next.sql, position).entry() == SqliteProgram.Entry.AT_POSITION
                    && comparesAlike(sqlite, next, position)) {
                return form;
            }
        }
        return entered(Entry.UNINDEXED);
    }

    /** Whether all arms of the query compare each part of the position as the same value. */
    private boolean comparesAlike(Connection sqlite, Statement next, int position) throws SQLException {
        SqliteAffinities affinities = SqliteAffinities.of(sqlite, next.sql);
        return IntStream.range(0, key.size())
                .allMatch(part -> affinities.isOne(IntStream.range(0, next.after.size())
                        .filter(i -> next.after.get(i).part() == part)
                        .mapToObj(i -> position + i)
                        .collect(Collectors.toSet())));
    }

    private Statement leg(Condition where) {
        Condition within = within();
        String repeats = marks.repeats ? ", " + repeats() : "";
        String select = "select " + columnsAndKey() + ", " + within.sql + repeats + content() + from() + where.sql
                + orderBy(false);
        return new Statement(select, within.slots, where.slots);
    }

    private Condition within() {
        return key.isEmpty() ? new Condition("1", List.of()) : beside(0, "<=", BOUND, compared());
    }

    /**
     * A window's function, since the database alone knows which keys it takes for equal; rows come in its order as it
     * is.
     */
    private String repeats() {
        return IntStream.range(0, key.size())
                .mapToObj(part -> column(part) + " = lag(" + column(part) + ") over w")
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    private String content() {
        return marks.content ? ", q.*" : "";
    }

    /**
     * The number of rows up to a bound. The bound is compared with what the query gives, as legs do: as a condition
     * SQLite would compare it in the arms of a union, with other values.
     */
    public Statement count() {
        Condition bound = within();
        String counted = key.isEmpty() ? "*" : "case when " + bound.sql + " then 1 end";
        return new Statement("select count(" + counted + ")" + from(), bound.slots, List.of());
    }

    /** The number of rows from a position on up to a bound. The keys are the bound, and the position. */
    public Statement countFrom() {
        Condition from = beside(0, ">=", POSITION, entry);
        Condition bound = within();
        return new Statement(
                "select count(*)" + from() + "\nwhere " + from.sql + " and " + bound.sql,
                List.of(),
                joined(from, bound));
    }

    /**
     * The key of the row so many rows on, and whether it is within the bound. The keys are the bound, and the position
     * where there is one.
     *
     * @param begun whether there is a position; else from the start
     */
    public Statement further(boolean begun, int rows) {
        Condition from = begun ? beside(0, ">=", POSITION, entry) : new Condition("", List.of());
        Condition within = within();
        String where = begun ? "\nwhere " + from.sql : "";
        String select = "select " + keyColumns() + ", " + within.sql + from() + where + orderBy(false);
        return new Statement(dialect.limit(select, 1) + " offset " + rows, within.slots, from.slots);
    }

    /** The key of the last row, and its content where rows say it. */
    public String last() {
        return dialect.limit("select " + keyColumns() + content() + from() + orderBy(true), 1);
    }

    /** A row with a key; its content where rows say it. */
    public Statement there() {
        Condition same = parts(0, key.size(), this::isSame, BOUND);
        String any = "select " + (marks.content ? "q.*" : "1") + from();
        return new Statement(dialect.limit(any + "\nwhere " + same.sql, 1), List.of(), same.slots);
    }

    /**
     * A row that no comparison with a position gives, because a part of its key is null and those before are the
     * position's. Of the first part the ends of the order tell, but where it is not known at which end a database has
     * its nulls.
     */
    public Statement nulls() {
        List<Slot> slots = new ArrayList<>();
        String any = IntStream.range(dialect == Dialect.OTHER ? 0 : 1, key.size())
                .mapToObj(part -> {
                    Condition same = parts(0, part, this::isSame, BOUND);
                    slots.addAll(same.slots);
                    return (part == 0 ? "(" : "(" + same.sql + " and ") + column(part) + isNull() + ")";
                })
                .collect(Collectors.joining(" or "));
        return new Statement(dialect.limit("select 1" + from() + "\nwhere " + any, 1), List.of(), slots);
    }

    /** PostgreSQL's {@code is null} is true of a composite value too that is there and has nulls alone. */
    private String isNull() {
        return dialect == Dialect.POSTGRESQL ? " is not distinct from null" : " is null";
    }

    /** Whether {@link #nulls} has anything to ask. */
    public boolean mayMissNulls() {
        return key.size() > 1 || dialect == Dialect.OTHER;
    }

    /**
     * One row if the database takes two keys for equal, by the collations of the query's columns, none of whose rows is
     * read.
     */
    public Statement equal() {
        String one = IntStream.range(0, key.size())
                .mapToObj(part -> placeholders.get(part))
                .collect(Collectors.joining(", "));
        Condition same = parts(0, key.size(), part -> plus("x.k" + part) + " = " + placeholders.get(part), 1);
        String none = IntStream.range(0, key.size())
                .mapToObj(part -> column(part) + " as k" + part)
                .collect(Collectors.joining(", "));
        String both =
                "select 1 from (\nselect " + none + from() + "\nwhere 1 = 0\nunion all select " + one + "\n) x where ";
        List<Slot> slots = new ArrayList<>(slots(0, key.size(), 0));
        slots.addAll(same.slots);
        return new Statement(both + same.sql, List.of(), slots);
    }

    /** On lines of its own, since the query may end in a comment. */
    private String from() {
        String inner = entry == Entry.APART ? "select * from (\n" + query + "\n) limit -1" : query;
        return "\nfrom (\n" + inner + "\n) q";
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
        String order = IntStream.range(0, key.size())
                .mapToObj(part -> column(part) + (key.get(part).descending() != reversed ? " desc" : ""))
                .collect(Collectors.joining(", "));
        String window = marks.repeats && !reversed ? "\nwindow w as (order by " + order + ")" : "";
        return window + "\norder by " + order;
    }

    private String column(int part) {
        return names.quote(key.get(part).column());
    }

    /** How a row's key is compared where no index is wanted. */
    private Entry compared() {
        return dialect == Dialect.SQLITE ? Entry.UNINDEXED : Entry.PLAIN;
    }

    private String comparable(int part, Entry by) {
        return by == Entry.UNINDEXED ? "+" + column(part) : column(part);
    }

    private String isSame(int part) {
        boolean byValue = entry == Entry.UNINDEXED || entry == Entry.APART;
        return comparable(part, byValue ? Entry.UNINDEXED : Entry.PLAIN) + " = " + placeholders.get(part);
    }

    private String plus(String column) {
        return dialect == Dialect.SQLITE ? "+" + column : column;
    }

    /**
     * Rows on one side of a key, as the parts from one on see it.
     *
     * @param operator {@code >=} for from it on in the key's order, {@code <=} for up to it
     */
    private Condition beside(int from, String operator, int of, Entry by) {
        int end = endOfRun(from);
        boolean descending = key.get(from).descending();
        if (end == key.size()) {
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
            boolean descending = key.get(0).descending();
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
                && end < key.size()
                && key.get(end).descending() == key.get(from).descending()) {
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

    private Condition parts(int from, int end, IntFunction<String> each, int of) {
        return new Condition(
                IntStream.range(from, end).mapToObj(each).collect(Collectors.joining(" and ")), slots(from, end, of));
    }

    private static List<Slot> slots(int from, int end, int of) {
        return IntStream.range(from, end).mapToObj(part -> new Slot(of, part)).toList();
    }

    private static String mirrored(String operator) {
        return (operator.charAt(0) == '<' ? ">" : "<") + operator.substring(1);
    }

    private static List<Slot> joined(Condition... conditions) {
        List<Slot> slots = new ArrayList<>();
        for (Condition condition : conditions) {
            slots.addAll(condition.slots);
        }
        return Collections.unmodifiableList(slots);
    }

    private record Condition(String sql, List<Slot> slots) {}
}
