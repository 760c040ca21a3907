package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MariadbRowSourceIT extends RowSourceContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("drop view if exists numbered, running", "drop table items");
    }

    /** A backslash escapes, a double quote is a text, and a hash begins a comment. */
    @Test
    void knowsWhatIsNoParameterInItsOwnTextsNamesAndComments() throws Exception {
        String query = "select id, 'it\\'s :a' as x, \"\\\":c\" as y, 'z\\\\' as z # don't :d\nfrom items as `i:b`"
                + " where name <> '\\':e' and id < :low -- :f's\n";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", "x, y, z", Map.of("low", 2L)))) {
            assertThat(Selections.readAll(reader, 1))
                    .isEqualTo(Collections.nCopies(2, List.of("it's :a", "\":c", "z\\")));
        }
    }

    @Override
    TestDatabase database() {
        return MariadbServer.started();
    }
}
