package dev.windrow.client.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.testkit.Digests;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    private static final int HERE = 20_000;
    private static final int NEW = 20_000;
    private static final int PAIRS = 1_200;
    private static final String NOWHERE = "0".repeat(64);

    @TempDir
    Path folder;

    private final StringJoiner list = new StringJoiner(",", "[", "]");
    private long end;

    /** Every other stretch is new, and what lies between is long enough to be worth a request. */
    @Test
    void asksAThousandTimesAtMost() throws Exception {
        for (String here : old(PAIRS)) {
            add(NEW, NOWHERE);
            add(HERE, here);
        }
        assertThat(fetches()).isBetween(1, 1_000);
    }

    /** What lies between is not one piece, but two that the earlier archive has in other places. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void asksAThousandTimesAtMostWhereWhatIsHereHasMoved() throws Exception {
        List<String> here = old(2 * PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            add(NEW, NOWHERE);
            add(HERE, here.get(i));
            add(HERE, here.get(PAIRS + i));
        }
        add(NEW, NOWHERE);
        assertThat(fetches()).isBetween(1, 1_000);
    }

    @Test
    void holdsNoMoreOfAListThanItIsGoodFor() throws Exception {
        List<String> here = old(3);
        int blocks = 600_000;
        for (int i = 0; i < blocks; i++) {
            add(1, here.get(i % 2 * 2));
        }
        int pieces = 0;
        Recipe recipe = recipe(end, "");
        for (long position = 0; position < end; position = recipe.at(position).to()) {
            pieces++;
        }
        assertThat(pieces).isBetween(500_000, 530_000);
    }

    /** Whatever comes behind, and however long it is. */
    @Test
    void readsNoFurtherThanTheArchiveGoes() throws Exception {
        old(1);
        add(NEW, NOWHERE);
        add(NEW, NOWHERE);
        assertThatThrownBy(() -> recipe(end - 1, "what is no list"))
                .isInstanceOf(Recipe.MisfitException.class)
                .hasMessage("it is the list of another archive");
    }

    /** @return the digests of the earlier archive's stretches */
    private List<String> old(int stretches) throws IOException {
        List<String> digests = new ArrayList<>();
        try (OutputStream base = new BufferedOutputStream(Files.newOutputStream(folder.resolve("old")))) {
            for (int i = 0; i < stretches; i++) {
                byte[] here = ByteBuffer.allocate(HERE)
                        .putInt(i + 1)
                        .putShort(HERE - Short.BYTES, (short) -1)
                        .array();
                base.write(here);
                digests.add(Digests.hex(here));
            }
        }
        return digests;
    }

    private void add(int length, String sha256) {
        list.add("[" + end + "," + length + ",\"" + sha256 + "\"]");
        end += length;
    }

    private int fetches() throws Exception {
        Recipe recipe = recipe(end, "");
        int fetches = 0;
        Recipe.Piece piece = recipe.at(0);
        for (long position = 0; position < end; position = piece.to()) {
            piece = recipe.at(position);
            assertThat(piece.from()).isEqualTo(position);
            assertThat(recipe.at(piece.to() - 1)).isEqualTo(piece);
            fetches += piece.isHere() ? 0 : 1;
        }
        return fetches;
    }

    private Recipe recipe(long bytes, String behind) throws Exception {
        try (EarlierArchive earlier = EarlierArchive.open(folder.resolve("old"))) {
            assertThat(earlier.look()).isTrue();
            String json = "{\"archive\":\"x\",\"bytes\":" + bytes + ",\"blocks\":" + list + behind + "}";
            return Recipe.of(new ByteArrayInputStream(json.getBytes(StandardCharsets.US_ASCII)), "x", bytes, earlier);
        }
    }
}
