package dev.windrow.common.source.jdbc.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The draft is loaded as a start would load it. */
final class H2DraftTest {
    @TempDir
    private Path folder;

    @Test
    void takesPrimaryKeysAndUniqueIndexesOverColumnsThatAreNeverNull() throws Exception {
        String url = "jdbc:h2:" + folder.resolve("shop");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table customers(id int primary key, name varchar(100))");
            statement.execute("create table lines(invoice int, pos int, primary key(invoice, pos))");
            statement.execute("create table indexed(a int not null, b int not null)");
            statement.execute("create unique index one on indexed(b, a)");
            statement.execute("create table constrained(a int, \"the b\" int not null unique)");
            statement.execute("create table nullable(a int unique)");
            statement.execute("create table heap(a int)");
            statement.execute("create view names as select name from customers");
        }
        CatalogDraft draft = Drafts.sound(url, folder);
        assertThat(draft.datasets()).containsExactly("constrained", "customers", "indexed", "lines");
        assertThat(draft.text())
                .contains("key: [INVOICE, POS]")
                .contains("key: [B, A]")
                .contains("key: [\"the b\"]");
    }
}
