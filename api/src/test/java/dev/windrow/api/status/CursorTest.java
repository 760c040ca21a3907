package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.ExportId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final ExportId ID = new ExportId(UUID.fromString("01930000-0000-7000-8000-000000000001"));

    @Test
    void leadsBackToTheExport() {
        assertThat(Cursor.parse(Cursor.after(ID))).contains(ID);
        assertThat(Cursor.after(ID)).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "*", "MTo", "01930000-0000-7000-8000-000000000001"})
    void refusesWhatIsNoCursor(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void refusesACursorOfAnotherVersion() {
        byte[] other = ("2:" + ID).getBytes(StandardCharsets.US_ASCII);
        assertThat(Cursor.parse(Base64.getUrlEncoder().encodeToString(other))).isEmpty();
    }
}
