package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyKeyFuzzTest {
    @Test
    void takesAnIdempotencyKeyThatIsVisibleAsciiAndNoOther() {
        List<String> parts = List.of("\"", "\\", "\\\"", "\\\\", "a", "-", "~", "!", " ");
        Fuzz.check(40_000, random -> {
            String header = HostileText.of(random, parts, 12);
            try {
                String key = IdempotencyKey.key(header);
                assertThat(key).as(header).matches("[!-~]{1,255}");
                String quoted = '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
                assertThat(IdempotencyKey.key(quoted)).as(header).isEqualTo(key);
            } catch (ProblemException e) {
                assertThat(e.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
            }
        });
    }
}
