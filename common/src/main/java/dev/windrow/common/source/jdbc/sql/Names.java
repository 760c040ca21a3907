package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Column names in SQL, as the database quotes them; always those of the operator's query, called {@code q}. */
public record Names(String quote) {
    public static Names of(LentConnection connection) throws SQLException {
        String quote = connection.connection().getMetaData().getIdentifierQuoteString();
        // A blank says that the database has no quotes.
        return new Names(quote == null ? "" : quote.strip());
    }

    /**
     * Whether the database takes both for the same, so that it gives the value of either for both. SQLite knows no case
     * of A to Z, and PostgreSQL every one. Others are asked.
     */
    public static boolean areOne(LentConnection connection, String one, String other) throws SQLException {
        if (one.equals(other)) {
            return true;
        }
        return switch (connection.dialect()) {
            case SQLITE -> withoutCase(one).equals(withoutCase(other));
            case POSTGRESQL -> false;
            // Quoted ones too, though its driver says otherwise.
            case DUCKDB -> one.equalsIgnoreCase(other);
            case MARIADB, H2, OTHER -> one.equalsIgnoreCase(other) && ignoresCase(connection);
        };
    }

    private static boolean ignoresCase(LentConnection connection) throws SQLException {
        DatabaseMetaData database = connection.connection().getMetaData();
        return of(connection).quote.isEmpty()
                ? !database.supportsMixedCaseIdentifiers()
                : !database.supportsMixedCaseQuotedIdentifiers();
    }

    /** Of A to Z alone, as SQLite does it. */
    private static String withoutCase(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        return folded.toString();
    }

    /** The name with its table: SQLite takes a quoted name alone that it does not know for text. */
    public String quote(String column) {
        return "q." + quote + (quote.isEmpty() ? column : column.replace(quote, quote + quote)) + quote;
    }
}
