package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a source holds, read by plain JDBC, to check an export against. */
final class SourceRows {
    private SourceRows() {}

    static List<List<Object>> query(Path database, String sql) {
        List<List<Object>> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getObject(i));
                }
                found.add(row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** Row for row and cell for cell; a double must read back as the same one, to the last bit. */
    static void assertSame(List<List<String>> exported, List<List<Object>> source) {
        assertThat(exported).hasSameSizeAs(source);
        for (int row = 0; row < source.size(); row++) {
            for (int column = 0; column < source.get(row).size(); column++) {
                String cell = exported.get(row).get(column);
                Object value = source.get(row).get(column);
                if (!same(cell, value)) {
                    throw new AssertionError("row " + row + ", column " + column + ": " + cell + " is not " + value);
                }
            }
        }
    }

    private static boolean same(String cell, Object value) {
        if (cell == null || value == null) {
            return cell == null && value == null;
        }
        return value instanceof Double number
                ? Double.doubleToLongBits(Double.parseDouble(cell)) == Double.doubleToLongBits(number)
                        && cell.length() <= number.toString().length()
                : cell.equals(value.toString());
    }
}
