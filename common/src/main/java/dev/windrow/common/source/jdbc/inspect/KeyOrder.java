package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a database can put a key's values in order, and compares them in that same order. */
final class KeyOrder {
    private KeyOrder() {}

    /**
     * Has the database prepare all that a reader would run.
     *
     * @throws InspectionException when it refuses a statement; the message names the part of the key where one
     *     alone is refused
     * @throws SQLException when it refuses the query as such
     */
    static void check(KeyStatements statements) throws SQLException, InspectionException {
        if (statements.connection().dialect() == Dialect.POSTGRESQL) {
            PostgresqlOrder.check(statements);
        }
        try {
            prepareAll(statements);
        } catch (SQLException e) {
            statements.connection().endTransaction();
            for (int part = 0; part < statements.key().size(); part++) {
                checkPart(statements, part);
            }
            throw new InspectionException(
                    "the source can't read in the order of the key: " + words(e) + "; name other columns as the key",
                    e);
        }
    }

    private static void prepareAll(KeyStatements statements) throws SQLException {
        for (KeysetSql.Statement statement : statements.all()) {
            statements.prepare(statement);
        }
    }

    private static void checkPart(KeyStatements statements, int part) throws SQLException, InspectionException {
        KeyPart alone = statements.key().get(part);
        try {
            prepareAll(statements.withKey(List.of(alone)));
        } catch (SQLException e) {
            statements.connection().endTransaction();
            throw new InspectionException(
                    "the key's " + alone.column() + " is of type " + statements.type(part)
                            + ", whose values the source can't put in order and compare: " + words(e)
                            + "; name a column of another type, or cast it in the query",
                    e);
        }
    }

    /** The driver's words on one line. */
    static String words(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
