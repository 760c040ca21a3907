package dev.windrow.common.source.jdbc.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of SQLite's bytecode. What the operands mean depends on the opcode, see
 * <a href="https://www.sqlite.org/opcode.html">SQLite's own list</a>.
 *
 * @param address counted from 0
 */
public record SqliteStep(
        int address,
        String opcode,
        int p1,
        int p2,
        int p3,
        @Nullable String p4,
        int p5) {
    private static final Set<String> WRITES_P1 = Set.of("Yield", "Gosub", "InitCoroutine", "AggFinal", "SoftNull");
    private static final Set<String> WRITES_P2 = Set.of(
            ("Variable Integer Int64 Real String String8 Blob SCopy IntCopy Rowid IdxRowid NewRowid Sequence RowData SorterData "
                            + "Count ZeroOrNull IsTrue Not BitNot")
                    .split(" "));
    private static final Set<String> WRITES_P3 = Set.of(
            ("Column VColumn Offset Add Subtract Multiply Divide Remainder Concat And Or BitAnd BitOr ShiftLeft ShiftRight "
                            + "Function PureFunc AggValue MakeRecord RowSetRead")
                    .split(" "));

    /** What SQLite would do for a statement, which is not run. */
    public static List<SqliteStep> of(Connection connection, String sql) throws SQLException {
        List<SqliteStep> steps = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("explain " + sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(new SqliteStep(
                        rows.getInt("addr"),
                        rows.getString("opcode"),
                        rows.getInt("p1"),
                        rows.getInt("p2"),
                        rows.getInt("p3"),
                        rows.getString("p4"),
                        rows.getInt("p5")));
            }
        }
        return List.copyOf(steps);
    }

    public boolean is(String... opcodes) {
        return List.of(opcodes).contains(opcode);
    }

    /** The register that the step copies into that one; 0 when it puts there something else or nothing. */
    int copiedInto(int register) {
        int moved = register - p2;
        return switch (opcode) {
            case "SCopy", "IntCopy" -> moved == 0 ? p1 : 0;
            case "Copy" -> moved >= 0 && moved <= p3 ? p1 + moved : 0;
            case "Move" -> moved >= 0 && moved < p3 ? p1 + moved : 0;
            default -> 0;
        };
    }

    /** Whether the step puts a new value into the register. A change of its type alone does not count. */
    boolean writes(int register) {
        if (opcode.equals("Null")) {
            return register >= p2 && register <= Math.max(p2, p3);
        }
        return copiedInto(register) != 0
                || (WRITES_P1.contains(opcode) && p1 == register)
                || (WRITES_P2.contains(opcode) && p2 == register)
                || (WRITES_P3.contains(opcode) && p3 == register);
    }

    /** Whether a seek is in a table, by its rowid, and not in an index. */
    boolean isByRowid() {
        return p4 == null || !p4.matches("[1-9]\\d{0,8}");
    }

    /**
     * How many registers from {@code p3} on make the key of a seek or of an end: one where a table is found by its
     * rowid.
     */
    int keyRegisters() {
        return isByRowid() ? 1 : Integer.parseInt(String.valueOf(p4));
    }
}
