package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.sql.KeySql.Condition;
import dev.windrow.common.source.jdbc.sql.KeySql.Entry;
import dev.windrow.common.source.jdbc.sql.KeySql.Slot;
import dev.windrow.common.source.jdbc.sqlite.SqliteAffinities;
import dev.windrow.common.source.jdbc.sqlite.SqliteExplain;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of one file: the operator's query inside, and around it what makes it keyset reading.
 *
 * @param query the operator's query, with placeholders
 * @param columns the names of the columns to be given
 * @param marks what each row says beside its values and its key
 * @param entry how the position is compared with
 */
public record KeysetSql(String query, List<String> columns, KeySql key, Marks marks, Entry entry) {
    public KeysetSql {
        columns = List.copyOf(columns);
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

    public KeysetSql entered(Entry by) {
        return new KeysetSql(query, columns, key, marks, by);
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
        return leg(Condition.NONE);
    }

    /** All rows from a position on, that position's too. The keys are the bound, and the position. */
    public Statement next() {
        Condition from = key.from(entry == Entry.APART ? Entry.UNINDEXED : entry);
        return leg(new Condition("\nwhere " + from.sql(), from.slots()));
    }

    /** As {@link #next}, without what only its reader needs: for what the database says of it. */
    public Statement walk() {
        Condition from = key.from(entry);
        return new Statement(
                "select " + columnsAndKey() + from() + "\nwhere " + from.sql() + orderBy(false),
                List.of(),
                from.slots());
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
        return IntStream.range(0, key.parts().size())
                .allMatch(part -> affinities.isOne(IntStream.range(0, next.after.size())
                        .filter(i -> next.after.get(i).part() == part)
                        .mapToObj(i -> position + i)
                        .collect(Collectors.toSet())));
    }

    private Statement leg(Condition where) {
        Condition within = key.within();
        String repeats = marks.repeats ? ", " + key.repeats() : "";
        String select = "select " + columnsAndKey() + ", " + within.sql() + repeats + content() + from() + where.sql()
                + orderBy(false);
        return new Statement(select, within.slots(), where.slots());
    }

    private String content() {
        return marks.content ? ", q.*" : "";
    }

    /**
     * The number of rows up to a bound. The bound is compared with what the query gives, as legs do: as a condition
     * SQLite would compare it in the arms of a union, with other values.
     */
    public Statement count() {
        Condition bound = key.within();
        String counted = key.parts().isEmpty() ? "*" : "case when " + bound.sql() + " then 1 end";
        return new Statement("select count(" + counted + ")" + from(), bound.slots(), List.of());
    }

    /** The number of rows from a position on up to a bound. The keys are the bound, and the position. */
    public Statement countFrom() {
        Condition from = key.from(entry);
        Condition bound = key.within();
        return new Statement(
                "select count(*)" + from() + "\nwhere " + from.sql() + " and " + bound.sql(),
                List.of(),
                KeySql.joined(from, bound));
    }

    /**
     * The key of the row so many rows on, and whether it is within the bound. The keys are the bound, and the position
     * where there is one.
     *
     * @param begun whether there is a position; else from the start
     */
    public Statement further(boolean begun, int rows) {
        Condition from = begun ? key.from(entry) : Condition.NONE;
        Condition within = key.within();
        String where = begun ? "\nwhere " + from.sql() : "";
        String select = "select " + key.columns() + ", " + within.sql() + from() + where + orderBy(false);
        return new Statement(key.dialect().limit(select, 1) + " offset " + rows, within.slots(), from.slots());
    }

    /** The key of the last row, and its content where rows say it. */
    public String last() {
        return key.dialect().limit("select " + key.columns() + content() + from() + orderBy(true), 1);
    }

    /** A row with a key; its content where rows say it. */
    public Statement there() {
        Condition same = key.same(key.parts().size(), entry);
        String any = "select " + (marks.content ? "q.*" : "1") + from();
        return new Statement(key.dialect().limit(any + "\nwhere " + same.sql(), 1), List.of(), same.slots());
    }

    /**
     * A row that no comparison with a position gives, because a part of its key is null and those before are the
     * position's. Of the first part the ends of the order tell, but where it is not known at which end a database has
     * its nulls.
     */
    public Statement nulls() {
        List<Slot> slots = new ArrayList<>();
        String any = IntStream.range(
                        !key.dialect().isBuiltIn() ? 0 : 1, key.parts().size())
                .mapToObj(part -> {
                    Condition same = key.same(part, entry);
                    slots.addAll(same.slots());
                    return (part == 0 ? "(" : "(" + same.sql() + " and ") + key.column(part) + key.isNull() + ")";
                })
                .collect(Collectors.joining(" or "));
        return new Statement(key.dialect().limit("select 1" + from() + "\nwhere " + any, 1), List.of(), slots);
    }

    /** Whether {@link #nulls} has anything to ask. */
    public boolean mayMissNulls() {
        return key.parts().size() > 1 || !key.dialect().isBuiltIn();
    }

    /**
     * One row if the database takes two keys for equal, by the collations of the query's columns, none of whose rows is
     * read.
     */
    public Statement equal() {
        String one = String.join(", ", key.placeholders());
        String plus = key.dialect() == Dialect.SQLITE ? "+" : "";
        Condition same = key.each(
                key.parts().size(),
                part -> plus + "x.k" + part + " = " + key.placeholders().get(part),
                1);
        String none = IntStream.range(0, key.parts().size())
                .mapToObj(part -> key.column(part) + " as k" + part)
                .collect(Collectors.joining(", "));
        String both =
                "select 1 from (\nselect " + none + from() + "\nwhere 1 = 0\nunion all select " + one + "\n) x where ";
        List<Slot> slots = new ArrayList<>(KeySql.slots(0, key.parts().size(), 0));
        slots.addAll(same.slots());
        return new Statement(both + same.sql(), List.of(), slots);
    }

    /** On lines of its own, since the query may end in a comment. */
    private String from() {
        String inner = entry == Entry.APART ? "select * from (\n" + query + "\n) limit -1" : query;
        return "\nfrom (\n" + inner + "\n) q";
    }

    private String columnsAndKey() {
        String selected =
                columns.stream().map(column -> key.names().quote(column) + ", ").collect(Collectors.joining());
        return selected + key.columns();
    }

    private String orderBy(boolean reversed) {
        if (key.parts().isEmpty()) {
            return "";
        }
        String order = key.order(reversed);
        String window = marks.repeats && !reversed ? "\nwindow w as (order by " + order + ")" : "";
        return window + "\norder by " + order;
    }
}
