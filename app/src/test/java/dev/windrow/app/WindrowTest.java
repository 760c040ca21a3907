package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class WindrowTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands =
            Windrow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void saysTheVersionOfTheProgramAndOfItsSchemaWhateverTheCommand() {
        for (List<String> line : List.of(
                List.of("--version"),
                List.of("serve", "--version"),
                List.of("key", "new", "--version"),
                List.of("export", "-V"))) {
            out.getBuffer().setLength(0);
            assertThat(commands.execute(line.toArray(String[]::new))).isZero();
            assertThat(out.toString()).startsWith("windrow ").endsWith(", schema " + Schema.VERSION + "\n");
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void followsAMistakeByOneLineAndNoCommandByAllOfThem() {
        assertThat(commands.execute("serve", "--windrow.links.secret=hunter2")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).last().isEqualTo("`windrow serve --help` says what it takes.");
        err.getBuffer().setLength(0);
        assertThat(commands.execute("key", "new", "x", "--expires", "2020-01-01"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "expires: 2020-01-01 is over, so the key would never hold; give a time to come, or a span from"
                                + " now such as P90D",
                        "`windrow key new --help` says what it takes.");
        assertThat(out.toString()).isEmpty();
        assertThat(commands.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Which command?", "Usage: windrow", "verify-audit");
    }

    /** What is no entry would leave the list unread, and a key that was taken away in force. */
    @Test
    void addsAKeysEntryToTheListOrNothing(@TempDir Path folder) throws IOException {
        Path list = Files.writeString(folder.resolve("keys.yaml"), "# mine, without an end of its line");
        String[] line = {"key", "new", "shop", "--role", "read", "--keys-file", list.toString()};
        assertThat(commands.execute(line)).isZero();
        String written = Files.readString(list);
        assertThat(written)
                .startsWith("# mine, without an end of its line\n- name: shop\n")
                .contains("name: shop")
                .doesNotContain(out.toString().strip());
        assertThat(err.toString()).doesNotContain("sha256");

        line[3] = "--expires";
        line[4] = "2020-01-01";
        assertThat(commands.execute(line)).isEqualTo(2);
        assertThat(list).hasContent(written);

        out.getBuffer().setLength(0);
        line[3] = "--role";
        line[4] = "read";
        line[6] = folder.resolve("none").toString();
        assertThat(commands.execute(line)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("none can't be written to", "no key was made");
    }
}
