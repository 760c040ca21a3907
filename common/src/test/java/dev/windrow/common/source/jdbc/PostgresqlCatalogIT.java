package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlCatalogIT {
    @TempDir
    Path folder;

    private CatalogSources catalog;

    @BeforeEach
    void makeCatalog() {
        catalog = new CatalogSources(folder, PostgresqlServer.STARTED);
    }

    @Test
    void takesNamesThatDifferByTheirCaseForTwoAndANameForNoOther() throws Exception {
        assertThat(catalog.load(
                                "select 1 as id, 2 as \"ID\"",
                                "ID",
                                "name: id, title: first",
                                "name: ID, title: second")
                        .columns())
                .extracting(Column::title)
                .containsExactly("first", "second");
        assertThat(catalog.problems("select 1 as id", "ID"))
                .containsExactly(
                        "catalog.yaml:10: dataset d, file f: the key's ID is no column of the query (did you mean"
                                + " \"id\"?)");
    }

    @Test
    void refusesATimeThatTheColumnCannotBe() {
        String query = "select 1 as id, 1.5 n, now() at, current_date d, true b, ''::bytea y";
        assertThat(catalog.problems(
                        query,
                        "id",
                        "name: id, as: timestamp",
                        "name: n, as: date",
                        "name: at, as: date",
                        "name: d, as: timestamp, unit: s",
                        "name: b, as: timestamp, unit: s",
                        "name: y, as: timestamp, unit: s"))
                .containsExactly(
                        "catalog.yaml:12: dataset d, file f: columns: id holds numbers in the source, which are timestamps"
                                + " only in a unit; add unit: s, ms, us or julian (days), as in { name: id, as:"
                                + " timestamp, unit: ms }",
                        "catalog.yaml:13: dataset d, file f: columns: n holds numbers in the source, which are no days; write"
                                + " as: timestamp with a unit, or make the day in the query",
                        "catalog.yaml:14: dataset d, file f: columns: at is a timestamp in the source, which is no day; write"
                                + " as: timestamp, or make the day in the query",
                        "catalog.yaml:15: dataset d, file f: columns: d is of type date in the source, which has no unit;"
                                + " remove unit",
                        "catalog.yaml:16: dataset d, file f: columns: b is of type boolean in the source, which has no unit;"
                                + " remove unit",
                        "catalog.yaml:17: dataset d, file f: columns: y is of type bytes in the source, which has no unit;"
                                + " remove unit");
    }

    @Test
    void showsATimestampWithoutAZoneAsATextUntilTheCatalogSaysThatItIsInUtc() throws Exception {
        String query = "select 1 as id, localtimestamp as at, now() as moment";
        assertThat(catalog.load(query, "id").columns())
                .extracting(column -> column.type().id())
                .containsExactly("integer", "string", "timestamp");
        assertThat(catalog.load(query, "id", "name: at, as: timestamp").columns())
                .extracting(column -> column.type().id())
                .containsExactly("integer", "timestamp", "timestamp");
    }
}
