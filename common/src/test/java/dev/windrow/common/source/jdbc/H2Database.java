package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A file of H2's. */
record H2Database(Path folder) implements TestDatabase {
    @Override
    public Source source() {
        return new Source("plant", url(), "reader", "geheim");
    }

    /** Its names are those of these tests' queries, in small letters. */
    private String url() {
        return "jdbc:h2:file:" + folder.resolve("plant") + ";DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    }

    @Override
    public Connection connect() throws SQLException {
        Connection owner = DriverManager.getConnection(url(), "sa", "");
        try (Statement statement = owner.createStatement()) {
            statement.execute("create user if not exists reader password 'geheim'");
            statement.execute("grant select on schema \"PUBLIC\" to reader");
        }
        return owner;
    }

    @Override
    public boolean tellsWindowsApart() {
        return false;
    }

    @Override
    public String endless() {
        return "select a.x as n from system_range(1, 10000000) a, system_range(1, 10000000) b where a.x + b.x < 0";
    }

    @Override
    public String numbers(int last) {
        return "(select x as n from system_range(1, " + last + "))";
    }
}
