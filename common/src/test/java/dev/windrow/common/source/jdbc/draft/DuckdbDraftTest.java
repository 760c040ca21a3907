package dev.windrow.common.source.jdbc.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.yaml.CatalogLoader;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each draft is loaded as a start would load it. */
final class DuckdbDraftTest {
    @TempDir
    private Path folder;

    private String url = "";

    @BeforeEach
    void makeShop() throws Exception {
        url = "jdbc:duckdb:" + folder.resolve("shop.duckdb");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table customers(id integer primary key, name varchar)");
            statement.execute(
                    "create table lines(invoice integer, pos integer, customer integer references customers(id),"
                            + " sold timestamptz, primary key(invoice, pos))");
            statement.execute("create table heap(a integer)");
            statement.execute("create view names as select name from customers");
        }
    }

    @Test
    void takesTablesWithPrimaryKeysAndNamesTheFileFromTheCatalog() throws Exception {
        CatalogDraft draft = Drafts.sound(url, folder);
        assertThat(draft.datasets()).containsExactly("customers", "lines");
        assertThat(draft.text())
                .contains("url: \"jdbc:duckdb:shop.duckdb\"")
                .contains("key: [invoice, pos]")
                .contains("heap")
                .doesNotContain(folder.toString());
    }

    @Test
    void takesAUniqueIndexOrConstraintOverColumnsThatAreNeverNull() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table indexed(\"the \"\"no\"\"\" integer not null, b integer not null)");
            statement.execute("create unique index one on indexed(\"the \"\"no\"\"\", b)");
            statement.execute("create table constrained(a integer, b integer not null unique)");
            statement.execute("create table nullable(a integer unique)");
            statement.execute("create table plain(a integer not null)");
            statement.execute("create index two on plain(a)");
            statement.execute("create table computed(a varchar not null)");
            statement.execute("create unique index three on computed(lower(a))");
        }
        CatalogDraft draft = Drafts.sound(url, folder);
        assertThat(draft.datasets()).containsExactly("constrained", "customers", "indexed", "lines");
        assertThat(draft.text()).contains("key: [\"the \\\"no\\\"\", b]").contains("key: [b]");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> Drafts.source(url + "x;threads=1", folder))
                .hasMessage("there is no DuckDB file " + folder.resolve("shop.duckdbx") + "; correct the path");
        assertThat(folder.resolve("shop.duckdbx")).doesNotExist();
    }

    @Test
    void hasACatalogRefuseWhatIsNoFileAndAQueryOfOtherFiles() throws Exception {
        assertThat(problem("jdbc:duckdb:gone.duckdb;threads=1", "select * from customers", "id"))
                .contains("no DuckDB file gone.duckdb; correct the path");
        assertThat(problem("jdbc:duckdb:shop.duckdb", "select 1 as id, content from read_text('/etc/hostname')", "id"))
                .contains("disabled by configuration");
        assertThat(problem("jdbc:duckdb:shop.duckdb", "delete from customers", "id"))
                .contains("query");
        assertThat(problem("jdbc:duckdb:shop.duckdb", "select * from customers", "nope"))
                .contains("nope");
    }

    private String problem(String address, String query, String key) throws Exception {
        Path file = Files.writeString(
                folder.resolve("catalog.yaml"),
                """
                sources:
                  shop: { url: "%s" }
                datasets:
                  d: { source: shop, formats: [csv], files: [{ name: f, query: "%s", key: [%s] }] }
                """.replaceFirst("%s", address).replaceFirst("%s", query).replaceFirst("%s", key));
        try (SourceConnections connections = new SourceConnections()) {
            new CatalogLoader(new JdbcSourceInspector(connections), Map.<String, String>of()::get, Set.of(Format.CSV))
                    .load(file);
            return "none";
        } catch (InvalidCatalogException e) {
            return String.join("\n", e.problems());
        }
    }
}
