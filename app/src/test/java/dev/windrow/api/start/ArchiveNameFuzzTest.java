package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveNameFuzzTest {
    private static final List<String> PARTS = List.of(
            "/",
            "\\",
            ".",
            "..",
            ".zip",
            ".ZIP",
            " ",
            "\u00a0",
            "\u3000",
            "\r\n",
            "\0",
            "\u202e",
            "\ud800",
            "\udc00",
            "a",
            "é",
            "🎉",
            "x".repeat(150));

    @Test
    void isOneFileInOneFolderAndMadeOfItselfIsItself() {
        Fuzz.check(50_000, random -> {
            Optional<String> made = ArchiveName.of(HostileText.of(random, PARTS, 10));

            made.ifPresent(name -> {
                assertThat(name.codePointCount(0, name.length())).isBetween(5, 204);
                assertThat(name).endsWith(".zip").doesNotStartWith(".").doesNotStartWith(" ");
                assertThat(name).doesNotContain("/", "\\", "..", "\r", "\n", "\0", "\u202e");
                assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(name);
                assertThat(ArchiveName.of(name)).contains(name);
            });
        });
    }
}
