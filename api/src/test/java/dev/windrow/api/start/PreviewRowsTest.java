package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PreviewRowsTest {
    private final PreviewRows rows = new PreviewRows();

    @Test
    void showsWhatHasNoUtf8AsTheCharacterThatStandsForIt() {
        rows.text("a\udc80b \ud83d\ude00");
        rows.json("\"\ud800\"");
        rows.endRow();

        assertThat(new String(JsonMapper.shared().writeValueAsBytes(rows.rows()), StandardCharsets.UTF_8))
                .isEqualTo("[[\"a\ufffdb \ud83d\ude00\",\"\ufffd\"]]");
    }
}
