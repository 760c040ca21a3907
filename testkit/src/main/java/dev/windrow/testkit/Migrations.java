package dev.windrow.testkit;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The status table of this version, in a test's own database. */
public final class Migrations {
    private Migrations() {}

    /** @param folder of the migrations below {@code db/migration}: {@code sqlite} or {@code postgresql} */
    public static void run(DataSource database, String folder) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/" + folder)
                .load()
                .migrate();
    }
}
