package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.value.ColumnReader;
import dev.windrow.common.source.jdbc.value.ColumnReaders;
import dev.windrow.common.source.jdbc.value.ColumnTypes;
import dev.windrow.common.source.jdbc.value.DeclaredColumn;
import dev.windrow.common.source.jdbc.value.KeyReader;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * How the columns of a file's rows are read, as its database tells of them. Immutable.
 *
 * @param key a reader for each part
 * @param fetchRows rows that the driver asks for at a time
 * @param wide whether a column may hold a megabyte
 * @param rows makes what reads the rows of one leg
 */
record FileColumns(List<KeyReader> key, int fetchRows, boolean wide, Function<KeyQuestions, RowAccess> rows) {
    private static final int WIDE_FETCH_ROWS = 200;

    FileColumns {
        key = List.copyOf(key);
    }

    /** SQLite's columns have no types, but each value its own. */
    static FileColumns ofSqlite(LentConnection connection, RowSelection selection) {
        DatasetFile file = selection.file();
        List<String> key = file.key().stream().map(KeyPart::column).toList();
        List<SqliteRow.SqliteColumn> columns = selection.columns().stream()
                .map(column -> new SqliteRow.SqliteColumn(
                        column.declared() ? new DeclaredColumn(column) : null, key.indexOf(column.name())))
                .toList();
        return new FileColumns(
                Collections.nCopies(key.size(), new KeyReader.Sqlite()),
                file.batchRows(),
                true,
                questions -> new SqliteRow(questions, columns, connection.longestRow()));
    }

    /** @param metaData of a statement that selects the columns, and then the key */
    static FileColumns of(LentConnection connection, RowSelection selection, ResultSetMetaData metaData)
            throws SQLException {
        List<ColumnReader> columns = new ArrayList<>();
        for (Column column : selection.columns()) {
            columns.add(ColumnReaders.of(column, connection.dialect(), metaData, columns.size() + 1));
        }
        boolean plainTexts = connection.takesTextsAsTheyAre();
        List<KeyReader> key = new ArrayList<>();
        for (int i = 1; i <= selection.file().key().size(); i++) {
            key.add(KeyReader.of(connection.dialect(), metaData, columns.size() + i, plainTexts));
        }
        boolean marked = asks(key);
        boolean wide = isWide(metaData);
        return new FileColumns(
                key, fetchRows(selection.file(), wide), wide, questions -> new JdbcRow(questions, columns, marked));
    }

    /**
     * The driver holds what it has asked for: fewer rows where one may be a megabyte, unless the catalog says how many.
     */
    private static int fetchRows(DatasetFile file, boolean wide) {
        boolean said = file.batchRows() != DatasetFile.DEFAULT_BATCH_ROWS;
        return wide && !said ? Math.min(WIDE_FETCH_ROWS, file.batchRows()) : file.batchRows();
    }

    private static boolean isWide(ResultSetMetaData metaData) throws SQLException {
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            if (!ColumnTypes.isNarrow(metaData.getColumnType(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether rows say themselves that they have the key of the one before: only the database knows. */
    boolean asks() {
        return asks(key);
    }

    private static boolean asks(List<KeyReader> key) {
        return key.stream().anyMatch(KeyReader::asks);
    }
}
