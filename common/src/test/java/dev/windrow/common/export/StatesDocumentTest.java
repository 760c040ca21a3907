package dev.windrow.common.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/states.md to what the code allows. */
final class StatesDocumentTest {
    private static final Pattern MOVE = Pattern.compile("^ +(\\S+) --> (\\S+)$", Pattern.MULTILINE);

    @Test
    void drawsTheMovesThatTheCodeAllowsAndNoOther() throws IOException {
        Set<String> allowed = new TreeSet<>(Set.of("[*] queued"));
        for (State state : State.values()) {
            state.next().forEach(next -> allowed.add(state.id() + " " + next.id()));
        }
        Set<String> drawn = new TreeSet<>();
        Matcher moves = MOVE.matcher(Files.readString(Path.of("..", "docs", "states.md")));
        while (moves.find()) {
            drawn.add(moves.group(1) + " " + moves.group(2));
        }

        assertThat(drawn).isEqualTo(allowed);
    }
}
