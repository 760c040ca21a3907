package dev.windrow.common.source.jdbc;

import java.sql.SQLException;

/** Column names in SQL, as the database quotes them; always those of the operator's query, called {@code q}. */
record Names(String quote) {
    static Names of(LentConnection connection) throws SQLException {
        String quote = connection.connection().getMetaData().getIdentifierQuoteString();
        // A blank says that the database has no quotes.
        return new Names(quote == null ? "" : quote.strip());
    }

    /** The name with its table: SQLite takes a quoted name alone that it does not know for text. */
    String quote(String column) {
        return "q." + quote + (quote.isEmpty() ? column : column.replace(quote, quote + quote)) + quote;
    }
}
