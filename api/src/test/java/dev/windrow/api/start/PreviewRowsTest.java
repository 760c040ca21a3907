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

    /** A row may have a text as large as the heap, and several show it at once. */
    @Test
    void cutsWhatIsLongerThanAnybodyLooksAt() {
        int most = PreviewRows.LONGEST;
        rows.text("a".repeat(most));
        rows.text("a".repeat(most - 1) + "\ud83d\ude00b");
        rows.json('"' + "c".repeat(most) + '"');
        rows.bytes(new byte[most]);
        rows.endRow();

        assertThat(rows.rows().get(0))
                .containsExactly(
                        "a".repeat(most),
                        "a".repeat(most - 1) + "…",
                        '"' + "c".repeat(most - 1) + "…",
                        "A".repeat(most) + "…");
        assertThat(rows.bytes()).isLessThan(4L * (most + 4));
    }
}
