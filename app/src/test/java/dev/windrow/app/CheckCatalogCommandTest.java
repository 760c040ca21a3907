package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CheckCatalogCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void namesTheManualAfterTheProblems() throws IOException {
        assertThat(check("nonsense: 1")).isEqualTo(1);

        assertThat(err.toString().lines())
                .first()
                .asString()
                .endsWith("catalog.yaml:1: unknown field \"nonsense\"; there are sources, datasets");
        assertThat(err.toString().lines()).last().isEqualTo(CheckCatalogCommand.FIELDS);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysWhereTheRemarksAreExplained() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"))) {
            connection.createStatement().execute("create table orders (id integer primary key)");
        }

        assertThat(check("""
                sources: { shop: { url: jdbc:sqlite:shop.db } }
                datasets:
                  orders:
                    source: shop
                    formats: [csv]
                    files: [{ name: orders, query: select id from orders, key: [id] }]
                """)).as(err.toString()).isZero();

        assertThat(out.toString().lines())
                .hasSizeGreaterThan(2)
                .endsWith(CheckCatalogCommand.REMARKS, "The catalog is good: 1 dataset.");
    }

    private int check(String catalog) throws IOException {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), catalog);
        return new CommandLine(new CheckCatalogCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(file.toString());
    }
}
