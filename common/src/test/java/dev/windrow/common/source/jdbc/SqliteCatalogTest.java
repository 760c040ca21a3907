package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest {
    private static final String PEOPLE = "select p.id, p.name, f.NAME from people p join firms f on f.owner = p.id";
    private static final String UNIT = " holds numbers in the source, which are timestamps only in a unit; add"
            + " unit: s, ms, us or julian (days), as in { name: ";

    @TempDir
    Path folder;

    private CatalogSources catalog;

    @BeforeEach
    void makeTables() throws SQLException {
        SqliteSource file = new SqliteSource(folder.resolve("plant.db"))
                .run(
                        "create table people(id integer primary key, name text)",
                        "create table firms(owner integer, NAME text)",
                        "create table moments(id integer primary key, sec integer, jd real, dec decimal(10, 2), txt text, at datetime, u)");
        catalog = new CatalogSources(folder, file);
    }

    @Test
    void refusesTwoNamesThatAreOneToSqlite() {
        assertThat(catalog.problems(PEOPLE, "id"))
                .containsExactly(
                        "catalog.yaml:9: dataset d, file f: columns 2 and 3 of the query are name and NAME, one name to"
                                + " the source; give one another alias");
    }

    @Test
    void takesThemUnderNamesOfTheirOwn() throws Exception {
        assertThat(catalog.load(PEOPLE.replace("f.NAME", "f.NAME as firm"), "id")
                        .columns())
                .extracting(Column::name)
                .containsExactly("id", "name", "firm");
    }

    @Test
    void refusesNumbersAsTimestampsWithoutAUnitWhereTheColumnSaysThatTheyAreNumbers() {
        assertThat(catalog.problems(
                        "select *, sec as s2 from moments",
                        "id",
                        "name: sec, as: timestamp",
                        "name: jd, as: timestamp",
                        "name: dec, as: timestamp",
                        "name: s2, as: timestamp"))
                .containsExactly(
                        "catalog.yaml:12: dataset d, file f: columns: sec" + UNIT + "sec, as: timestamp, unit: ms }",
                        "catalog.yaml:13: dataset d, file f: columns: jd" + UNIT + "jd, as: timestamp, unit: ms }",
                        "catalog.yaml:14: dataset d, file f: columns: dec" + UNIT + "dec, as: timestamp, unit: ms }",
                        "catalog.yaml:15: dataset d, file f: columns: s2" + UNIT + "s2, as: timestamp, unit: ms }");
    }

    @Test
    void leavesToTheValuesWhatTheColumnDoesNotSay() throws Exception {
        assertThat(catalog.load(
                                "select *, sec + 0 as sum, u as jd2 from moments",
                                "id",
                                "name: txt, as: timestamp",
                                "name: at, as: timestamp",
                                "name: u, as: timestamp",
                                "name: sum, as: timestamp",
                                "name: jd2, as: timestamp, unit: julian")
                        .columns())
                .hasSize(9);
    }
}
