package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import dev.windrow.testkit.Mariadb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real MariaDB, by the one or the other driver. */
final class MariadbServer implements TestDatabase {
    /** The owner writes the SQL that all databases of these tests understand. */
    private static final String OF_THE_OWNER = "?sessionVariables=sql_mode='ANSI,NO_BACKSLASH_ESCAPES'";

    private final int port;
    private final String scheme;

    private MariadbServer(int port, String scheme) {
        this.port = port;
        this.scheme = scheme;
    }

    /** By MariaDB's own driver. */
    static MariadbServer started() {
        return new MariadbServer(Mariadb.port(), "mariadb");
    }

    /** By MySQL's driver. */
    static MariadbServer byMysqlsDriver() {
        return new MariadbServer(Mariadb.port(), "mysql");
    }

    @Override
    public Source source() {
        return new Source("plant", url("plant"), "reader", "geheim");
    }

    private String url(String database) {
        return "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/plant" + OF_THE_OWNER, "owner", "geheim");
    }

    @Override
    public boolean tellsWindowsApart() {
        return false;
    }

    @Override
    public String endless() {
        return "select a.seq as n from seq_1_to_1000000 a join seq_1_to_1000000 b where sleep(0.01) = 1";
    }

    @Override
    public String numbers(int last) {
        return "(select seq as n from seq_1_to_" + last + ")";
    }

    @Override
    public String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
