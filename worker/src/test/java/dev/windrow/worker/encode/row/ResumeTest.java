package dev.windrow.worker.encode.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResumeTest {
    @Test
    void refusesWhatNoFileCanHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resume(-1, Map.of()))
                .withMessage("rows: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resume(0, Map.of("escaped", -2L)))
                .withMessage("state: escaped = -2");
    }

    @Test
    void countsANameThatIsLeftOutAsNone() {
        assertThat(new Resume(3, Map.of("escaped", 2L)).count("replaced")).isZero();
        assertThat(new Resume(3, Map.of("escaped", 2L)).count("escaped")).isEqualTo(2);
    }
}
