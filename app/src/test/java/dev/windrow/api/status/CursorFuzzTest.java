package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.export.ExportId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorFuzzTest {
    @Test
    void goesOnOnlyAfterAnExportThatACursorNames() {
        Fuzz.check(30_000, random -> {
            ExportId id = new ExportId(new UUID(random.nextLong(), random.nextLong()));
            String cursor = Cursor.after(id);
            String damaged = HostileText.damaged(random, cursor, List.of("A", "MTo", "-", "_", "=", "é", " "));

            assertThat(Cursor.parse(cursor)).contains(id);
            Cursor.parse(damaged)
                    .ifPresent(
                            read -> assertThat(Cursor.parse(Cursor.after(read))).contains(read));
        });
    }
}
