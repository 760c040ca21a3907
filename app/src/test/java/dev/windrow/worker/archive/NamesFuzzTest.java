package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesFuzzTest {
    private static final List<String> PARTS = List.of(
            "/",
            "/",
            "\\",
            ".",
            "..",
            "../",
            "C:",
            "a",
            "é",
            " ",
            "\0",
            "\n",
            "\u202e",
            "\ud800",
            "x".repeat(255),
            "~",
            "con");

    @Test
    void anEntryThatIsAllowedStaysBelowTheFolderItIsUnpackedIn() {
        Path folder = Path.of("/unpacked/here");
        Fuzz.check(50_000, random -> {
            String name = HostileText.of(random, PARTS, 10);

            if (EntryName.isAllowed(name)) {
                Path file = folder.resolve(name);
                assertThat(file.normalize())
                        .as(name)
                        .isEqualTo(file)
                        .startsWithRaw(folder)
                        .isNotEqualTo(folder);
                assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(name);
                assertThat(name).doesNotContain("\\", "\n", "\u202e");
            }
        });
    }
}
