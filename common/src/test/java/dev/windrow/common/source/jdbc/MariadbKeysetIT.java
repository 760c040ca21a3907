package dev.windrow.common.source.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

class MariadbKeysetIT extends KeysetContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("drop view if exists numbered, running", "drop table items");
    }

    @Override
    TestDatabase database() {
        return MariadbServer.started();
    }
}
