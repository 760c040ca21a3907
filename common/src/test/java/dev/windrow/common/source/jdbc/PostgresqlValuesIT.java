package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, moments and days of PostgreSQL. */
class PostgresqlValuesIT extends DatabaseContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database() {
        return PostgresqlServer.STARTED;
    }

    @Test
    void tellsNamesApartByTheirCase() throws Exception {
        JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
        assertThat(inspector.areOneName(source(), "name", "NAME")).isFalse();
        assertThat(inspector.areOneName(source(), "name", "name")).isTrue();
        String query = "select 'Ann' as name, 'Acme' as \"NAME\", 1 as \"Id\"";
        assertThat(inspector.describe(source(), query, List.of()))
                .extracting(Column::name)
                .containsExactly("name", "NAME", "Id");
        try (RowReader reader = rows.open(Selections.of(source(), query, "Id", "NAME, name"))) {
            assertThat(Selections.readAll(reader, 2)).containsExactly(List.of("Acme", "Ann"));
        }
    }

    @Test
    void takesATimestampWithoutAZoneForAMomentOnlyWhereTheCatalogSaysSo() throws Exception {
        String query = "select 1 as id, timestamp '2024-02-29 23:30:00' a, timestamp '2024-02-29 23:30:00.25' b,"
                + " timestamp '0001-01-01' c, timestamp '9999-12-31 23:59:59.999999' d, null::timestamp e";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "a, b, c, d, e"))) {
            assertThat(Selections.readAll(reader, 2))
                    .containsExactly(Arrays.asList(
                            "2024-02-29T23:30:00",
                            "2024-02-29T23:30:00.250",
                            "0001-01-01T00:00:00",
                            "9999-12-31T23:59:59.999999",
                            null));
        }
        String declared = "a:timestamp, b:timestamp, c:timestamp, d:timestamp, e:timestamp";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", declared))) {
            assertThat(Selections.readAll(reader, 2))
                    .containsExactly(Arrays.asList(
                            Instant.parse("2024-02-29T23:30:00Z"),
                            Instant.parse("2024-02-29T23:30:00.250Z"),
                            Instant.parse("0001-01-01T00:00:00Z"),
                            Instant.parse("9999-12-31T23:59:59.999999Z"),
                            null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date|infinity",
                "date|0044-03-15 BC",
                "date|10000-01-01",
                "timestamp|-infinity",
                "timestamp|0001-12-31 12:00:00 BC",
                "timestamp|10000-01-01 00:00:00",
                "timestamptz|infinity",
                "timestamptz|0001-12-31 12:00:00+00 BC",
                "timestamptz|294276-12-31 23:59:59.999999+00"
            })
    void givesDaysAndMomentsThatRfc3339CannotWriteAsTheServersTextAndDeclaredNever(String typeAndText)
            throws Exception {
        String[] parts = typeAndText.split("\\|");
        String query = "select 1 as id, " + parts[0] + " '" + parts[1] + "' as v";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "v"))) {
            assertThat(Selections.readAll(reader, 2)).containsExactly(List.of(parts[1]));
        }
        String as = parts[0].equals("date") ? "date" : "timestamp";
        SourceException refused = refused(() -> {
            try (RowReader reader = rows.open(Selections.of(source(), query, "id", "v:" + as))) {
                return Selections.readAll(reader, 2);
            }
        });
        assertThat(refused.kind()).isEqualTo(Kind.VALUE);
        assertThat(refused.detail()).isEqualTo("File readings: Column v holds a value that is no " + as + ".");
    }

    @Test
    void readsNumbersAsMomentsInTheirUnit() throws Exception {
        String query = "select 1 as id, 1704067200 a, 1704067200.123456789 b, 1704067200.123456::float8 c,"
                + " '1704067200123' d, 2460311.0 e, 1704067200.1234567891 f, 'NaN'::numeric g";
        String columns = "a:timestamp:s, b:timestamp:s, c:timestamp:s, d:timestamp:ms, e:timestamp:julian";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", columns))) {
            assertThat(Selections.readAll(reader, 2))
                    .containsExactly(List.of(
                            Instant.parse("2024-01-01T00:00:00Z"),
                            Instant.parse("2024-01-01T00:00:00.123456789Z"),
                            Instant.parse("2024-01-01T00:00:00.123456Z"),
                            Instant.parse("2024-01-01T00:00:00.123Z"),
                            Instant.parse("2024-01-01T12:00:00Z")));
        }
        for (String column : List.of("f:timestamp:s", "g:timestamp:s", "a:timestamp", "c:timestamp")) {
            SourceException refused = refused(() -> {
                try (RowReader reader = rows.open(Selections.of(source(), query, "id", column))) {
                    return Selections.readAll(reader, 2);
                }
            });
            assertThat(refused.kind()).as(column).isEqualTo(Kind.VALUE);
        }
    }
}
