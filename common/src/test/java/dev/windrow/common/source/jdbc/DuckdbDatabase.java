package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A file of DuckDB's. */
record DuckdbDatabase(Path file) implements TestDatabase {
    @Override
    public Source source() {
        return new Source("plant", url(), null, null);
    }

    private String url() {
        return "jdbc:duckdb:" + file;
    }

    /** Refused as long as a reader has it open. */
    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public boolean tellsWindowsApart() {
        return false;
    }

    @Override
    public String endless() {
        return "select a.range as n from range(10000000) a, range(10000000) b where a.range + b.range < 0";
    }

    @Override
    public String numbers(int last) {
        return "(select range as n from range(1, " + (last + 1) + "))";
    }
}
