package dev.windrow.common.source.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a statement of SQLite makes of the values that it compares with: the affinity of a column that an index or a
 * comparison has is applied to them (https://www.sqlite.org/datatype3.html, 4.2). Where the arms of a union differ in
 * it, 2 is before every text by the order, and {@code '2'} to an arm of texts. Immutable.
 */
public final class SqliteAffinities {
    private static final Set<String> COMPARISONS = Set.of("Lt", "Le", "Gt", "Ge", "Eq", "Ne");
    private static final Set<String> SEARCHES =
            Set.of("SeekGE", "SeekGT", "SeekLE", "SeekLT", "IdxGE", "IdxGT", "IdxLE", "IdxLT");
    /** SQLITE_AFF_MASK in SQLite's source. */
    private static final int MASK = 0x47;

    private static final char NONE = 'A';
    private static final char NUMERIC = 'C';

    private final List<SqliteStep> steps;
    private final SqliteLoops loops;

    private SqliteAffinities(List<SqliteStep> steps) {
        this.steps = steps;
        this.loops = new SqliteLoops(steps);
    }

    public static SqliteAffinities of(Connection connection, String sql) throws SQLException {
        return new SqliteAffinities(SqliteStep.of(connection, sql));
    }

    /** Whether the values that these placeholders take, 1-based, are taken for the same wherever they are compared. */
    public boolean isOne(Set<Integer> placeholders) {
        Set<Character> met = new TreeSet<>();
        for (SqliteStep step : steps) {
            if (COMPARISONS.contains(step.opcode())) {
                if (takes(step.p1(), step, placeholders) || takes(step.p3(), step, placeholders)) {
                    met.add(kind((char) (step.p5() & MASK)));
                }
            } else if (SEARCHES.contains(step.opcode())) {
                met.addAll(searched(step, placeholders));
            }
        }
        return met.size() <= 1;
    }

    private boolean takes(int register, SqliteStep step, Set<Integer> placeholders) {
        return placeholders.contains(loops.placeholderIn(register, step.address()));
    }

    private List<Character> searched(SqliteStep search, Set<Integer> placeholders) {
        List<Character> met = new ArrayList<>();
        for (int register = search.p3(); register < search.p3() + search.keyRegisters(); register++) {
            if (takes(register, search, placeholders)) {
                met.add(search.isByRowid() ? NUMERIC : applied(register, search.address()));
            }
        }
        return met;
    }

    /** What was made of a register before the step; its last value's own step alone may come between. */
    private char applied(int register, int address) {
        for (int i = address - 1; i >= 0 && !steps.get(i).writes(register); i--) {
            SqliteStep step = steps.get(i);
            String affinities = step.p4();
            if (step.is("Affinity")
                    && affinities != null
                    && register >= step.p1()
                    && register < step.p1() + step.p2()) {
                return kind(affinities.charAt(register - step.p1()));
            }
        }
        return NONE;
    }

    /** Of no consequence for a comparison is the difference between none and blob, and between integer and numeric. */
    private static char kind(char affinity) {
        return switch (affinity) {
            case 'B', 'E' -> affinity;
            case 'C', 'D', 'F' -> NUMERIC;
            default -> NONE;
        };
    }
}
