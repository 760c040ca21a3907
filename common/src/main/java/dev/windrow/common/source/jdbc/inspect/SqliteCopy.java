package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.source.jdbc.sqlite.SqliteExplain;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An empty copy of a SQLite file in memory, with the statistics of the original, in which indexes are tried. The source
 * is only read.
 */
final class SqliteCopy {
    private static final Logger log = LoggerFactory.getLogger(SqliteCopy.class);
    private static final String SCHEMA = """
            select sql from sqlite_schema
            where sql is not null and name not like 'sqlite\\_%' escape '\\' and type in ('table', 'index', 'view')
              and sql not like 'create virtual%'
            order by rowid""";

    private final Connection source;
    private final Statement copy;

    private SqliteCopy(Connection source, Statement copy) {
        this.source = source;
        this.copy = copy;
    }

    /**
     * The program that SQLite would make if there were those indexes as well; empty when a copy can't have all of the
     * schema, such as a function of the operator's own.
     *
     * @param indexes columns by their table, the descending ones with {@code desc} after their name
     */
    static Optional<SqliteProgram> program(
            Connection source, Map<String, List<String>> indexes, String sql, int firstPositionPlaceholder)
            throws SQLException {
        List<String> schema = read(source, SCHEMA);
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite:");
                Statement statement = memory.createStatement()) {
            SqliteCopy copy = new SqliteCopy(source, statement);
            for (String definition : schema) {
                statement.execute(definition);
            }
            copy.takeStatistics(memory);
            copy.add(indexes);
            return Optional.of(SqliteExplain.program(memory, sql, firstPositionPlaceholder));
        } catch (SQLException e) {
            log.debug("The tables can't be copied, so that no index is tried", e);
            return Optional.empty();
        }
    }

    private void takeStatistics(Connection memory) throws SQLException {
        if (read(source, "select 1 from sqlite_schema where name = 'sqlite_stat1'")
                .isEmpty()) {
            return;
        }
        copy.execute("analyze");
        try (PreparedStatement read = source.prepareStatement("select tbl, idx, stat from sqlite_stat1");
                ResultSet rows = read.executeQuery();
                PreparedStatement write = memory.prepareStatement("insert into sqlite_stat1 values (?, ?, ?)")) {
            while (rows.next()) {
                for (int i = 1; i <= 3; i++) {
                    write.setString(i, rows.getString(i));
                }
                write.executeUpdate();
            }
        }
        // Has it read what was written.
        copy.execute("analyze sqlite_schema");
    }

    private void add(Map<String, List<String>> indexes) throws SQLException {
        int number = 0;
        for (Map.Entry<String, List<String>> index : indexes.entrySet()) {
            List<String> columns =
                    index.getValue().stream().map(SqliteCopy::quoted).toList();
            copy.execute("create index \"windrow tries " + number++ + "\" on " + SqliteTables.quoted(index.getKey())
                    + " (" + String.join(", ", columns) + ")");
        }
    }

    private static String quoted(String column) {
        return column.endsWith(" desc")
                ? SqliteTables.quoted(column.substring(0, column.length() - " desc".length())) + " desc"
                : SqliteTables.quoted(column);
    }

    private static List<String> read(Connection source, String sql) throws SQLException {
        List<String> read = new ArrayList<>();
        try (PreparedStatement statement = source.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                read.add(rows.getString(1));
            }
        }
        return read;
    }
}
