package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DuckdbMovingKeyTest extends MovingKeyContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new DuckdbDatabase(folder.resolve("plant.duckdb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select n, id from ranked()",
                "select numbered(id) as n, id from items",
                "select n, id from over_macro"
            })
    void failsAlsoWhereAMacroMakesTheKey(String query) throws Exception {
        run(
                "create macro ranked() as table select row_number() over (order by id) as n, id from items",
                "create macro numbered(a) as row_number() over (order by a)",
                "create view over_macro as select * from ranked()");
        try (RowReader reader = rows.open(Selections.of(source(), query, "n", "id"))) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 3);
            run("delete from items where id = 1");
            assertThat(refused(() -> Selections.readFrom(reader, position, bound, 7))
                            .kind())
                    .isEqualTo(Kind.ROWS_LOST);
        }
    }
}
