package dev.windrow.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.Segments.Segment;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every keeper of segments keeps to. */
public abstract class SegmentsContract {
    private static final int LENGTH = 1_000_000;

    @TempDir
    protected Path folder;

    /** The same each time, in one test; nothing is kept at its beginning. */
    protected abstract Segments segments() throws IOException;

    protected static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("x.part"), bytes(LENGTH));
    }

    @Test
    void givesBackWhatItKept() throws IOException {
        Segment first = new Segment("x.1", 0, 400_000);
        Segment second = new Segment("x.1", 400_000, 600_000);
        segments().keep(first, file());
        segments().keep(second, file());
        Path other = folder.resolve("other.part");
        AtomicLong read = new AtomicLong();

        segments().fetch(second, other, read::addAndGet);
        segments().fetch(first, other, read::addAndGet);

        assertThat(other).hasBinaryContent(bytes(LENGTH));
        assertThat(read).hasValue(LENGTH);
    }

    @Test
    void writesAStretchToItsPlaceAndNothingElse() throws IOException {
        segments().keep(new Segment("x.1", 100, 50), file());
        Path other = Files.write(folder.resolve("other.part"), new byte[1000]);

        segments().fetch(new Segment("x.1", 100, 50), other, read -> {});

        byte[] expected = new byte[1000];
        System.arraycopy(bytes(LENGTH), 100, expected, 100, 50);
        assertThat(other).hasBinaryContent(expected);
    }

    @Test
    void keepsTheSameStretchOnceMore() throws IOException {
        Segment segment = new Segment("x.1", 0, LENGTH);

        segments().keep(segment, file());
        segments().keep(segment, file());

        assertThat(segments().of("x.1")).containsExactly(segment);
    }

    @Test
    void tellsARunsSegmentsByWhereTheyBegin() throws IOException {
        List<Segment> kept = List.of(
                new Segment("x.1", 500_000, 5),
                new Segment("x.1", 0, 10),
                new Segment("x.1", 10, 499_990),
                new Segment("x.1", 500_005, 1),
                new Segment("x.1", 999_999, 1));
        for (Segment each : kept) {
            segments().keep(each, file());
        }
        segments().keep(new Segment("x.10", 0, 7), file());

        assertThat(segments().of("x.1"))
                .containsExactly(kept.get(1), kept.get(2), kept.get(0), kept.get(3), kept.get(4));
        assertThat(segments().of("y.1")).isEmpty();
    }

    @Test
    void tellsTheRunsThatAnythingIsKeptOf() throws IOException {
        assertThat(segments().runs()).isEmpty();
        for (String run : List.of("x.1", "x.10", "x.2", "y.1", "z.1")) {
            segments().keep(new Segment(run, 0, 10), file());
            segments().keep(new Segment(run, 10, 10), file());
        }

        assertThat(segments().runs()).containsExactlyInAnyOrder("x.1", "x.10", "x.2", "y.1", "z.1");
    }

    @Test
    void removesARunAndNoOther() throws IOException {
        for (int i = 0; i < 5; i++) {
            segments().keep(new Segment("x.1", i * 10L, 10), file());
        }
        segments().keep(new Segment("x.10", 0, 10), file());

        segments().remove("x.1");
        segments().remove("x.1");

        assertThat(segments().of("x.1")).isEmpty();
        assertThat(segments().runs()).containsExactly("x.10");
    }

    @Test
    void givesNothingThatItHasNot() throws IOException {
        segments().keep(new Segment("x.1", 0, 10), file());
        Segments segments = segments();
        Path other = folder.resolve("other.part");

        for (Segment wrong : List.of(new Segment("x.2", 0, 10), new Segment("x.1", 1, 10), new Segment("x.1", 0, 9))) {
            assertThatThrownBy(() -> segments.fetch(wrong, other, read -> {}))
                    .as("%s", wrong)
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void keepsNothingOfAFileThatEndsTooSoon() throws IOException {
        Segments segments = segments();
        Path file = file();

        assertThatThrownBy(() -> segments.keep(new Segment("x.1", LENGTH - 5, 10), file))
                .isInstanceOf(EOFException.class);
        assertThat(segments.of("x.1")).isEmpty();
    }

    @Test
    void endsTheReadingWhereItIsTold() throws IOException {
        Segment segment = new Segment("x.1", 0, LENGTH);
        segments().keep(segment, file());
        Segments segments = segments();

        assertThatThrownBy(() -> segments.fetch(segment, folder.resolve("other.part"), read -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
    }

    @Test
    void keepsTwoClaimsApart() throws IOException {
        segments().keep(new Segment("x.1", 0, 10), file());
        segments().keep(new Segment("x.2", 0, 10), Files.write(folder.resolve("y.part"), bytes(10)));
        Path one = folder.resolve("one.part");
        Path two = folder.resolve("two.part");

        segments().fetch(new Segment("x.1", 0, 10), one, read -> {});
        segments().fetch(new Segment("x.2", 0, 10), two, read -> {});

        assertThat(one).hasBinaryContent(Arrays.copyOf(bytes(LENGTH), 10));
        assertThat(two).hasBinaryContent(bytes(10));
    }
}
