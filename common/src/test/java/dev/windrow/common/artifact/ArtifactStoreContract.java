package dev.windrow.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of artifacts keeps to, whatever it keeps them in. */
public abstract class ArtifactStoreContract {
    /** More than one part of a bucket's upload. */
    private static final int BIG = (17 << 20) + 12_345;

    @TempDir
    protected Path folder;

    /** The same artifacts each time, in one test; none at its beginning. */
    protected abstract ArtifactStore store() throws IOException;

    /** Artifacts of their own. */
    protected abstract ArtifactStore another() throws IOException;

    protected final Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    protected static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    protected static byte[] content(ArtifactStore store, String key) throws IOException {
        try (SeekableByteChannel channel = store.open(key)) {
            return read(channel, (int) channel.size());
        }
    }

    /** Reads until it is full, or the artifact ends. */
    private static void fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
    }

    protected static byte[] read(SeekableByteChannel channel, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        fill(channel, buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void publishesAFileAndTakesItAway() throws IOException {
        Path file = file("x.part", bytes(1000));

        store().publish(file, "x.zip");

        assertThat(file).doesNotExist();
        assertThat(store().find("x.zip")).contains(1000L);
        assertThat(content(store(), "x.zip")).isEqualTo(bytes(1000));
    }

    @Test
    void publishesABigFile() throws IOException {
        Path file = file("x.part", bytes(BIG));

        store().publish(file, "x.zip");

        assertThat(file).doesNotExist();
        assertThat(content(store(), "x.zip")).isEqualTo(bytes(BIG));
        assertThat(store().unfinished()).isEmpty();
    }

    @Test
    void publishesAnEmptyFile() throws IOException {
        store().publish(file("x.part", new byte[0]), "x.zip");

        assertThat(store().find("x.zip")).contains(0L);
        assertThat(content(store(), "x.zip")).isEmpty();
    }

    @Test
    void publishesWhatALostRunHasPublishedAlready() throws IOException {
        Path file = file("x.part", bytes(1000));

        store().publish(file, "x.zip");
        store().publish(file, "x.zip");

        assertThat(content(store(), "x.zip")).isEqualTo(bytes(1000));
    }

    @Test
    void publishesTheSameBytesOnceMore() throws IOException {
        store().publish(file("x.part", bytes(1000)), "x.zip");
        Path again = file("x.part", bytes(1000));

        store().publish(again, "x.zip");

        assertThat(again).doesNotExist();
        assertThat(content(store(), "x.zip")).isEqualTo(bytes(1000));
    }

    @Test
    void publishesOneAfterTheOther() throws IOException {
        store().publish(List.of(
                new ArtifactStore.Sealed(file("blocks.part", bytes(10)), "x.blocks"),
                new ArtifactStore.Sealed(file("x.part", bytes(1000)), "x.zip")));

        assertThat(store().keys()).containsExactlyInAnyOrder("x.blocks", "x.zip");
    }

    @Test
    void refusesToPublishWhatIsNowhere() throws IOException {
        ArtifactStore store = store();

        assertThatThrownBy(() -> store.publish(folder.resolve("x.part"), "x.zip"))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void publishesTheSameBytesFromTwoAtOnce() throws Exception {
        ArtifactStore store = store();
        Path one = file("one.part", bytes(BIG));
        Path two = file("two.part", bytes(BIG));
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Object>> published = both.invokeAll(List.of(publishing(store, one), publishing(store, two)));
            for (Future<Object> each : published) {
                each.get();
            }
        } finally {
            both.shutdown();
        }

        assertThat(content(store, "x.zip")).isEqualTo(bytes(BIG));
        assertThat(one).doesNotExist();
        assertThat(two).doesNotExist();
        assertThat(store.unfinished()).isEmpty();
    }

    private static Callable<Object> publishing(ArtifactStore store, Path file) {
        return () -> {
            store.publish(file, "x.zip");
            return file;
        };
    }

    @Test
    void hasAnArtifactOnlyWithExactlyItsBytes() throws IOException {
        store().publish(file("x.part", bytes(1000)), "x.zip");
        String sha256 = Sha256.hex(bytes(1000));

        assertThat(store().holds("x.zip", 1000, sha256, read -> {})).isTrue();
        assertThat(store().holds("x.zip", 999, sha256, read -> {})).isFalse();
        assertThat(store().holds("x.zip", 1000, Sha256.hex(bytes(999)), read -> {}))
                .isFalse();
        assertThat(store().holds("y.zip", 1000, sha256, read -> {})).isFalse();
    }

    @Test
    void hasABigArtifactWithItsDigest() throws IOException {
        store().publish(file("x.part", bytes(BIG)), "x.zip");

        assertThat(store().holds("x.zip", BIG, Sha256.hex(bytes(BIG)), read -> {}))
                .isTrue();
    }

    @Test
    void readsAnArtifactAtAnyPosition() throws IOException {
        store().publish(file("x.part", bytes(BIG)), "x.zip");
        byte[] all = bytes(BIG);
        Random random = new Random(1);

        try (SeekableByteChannel channel = store().open("x.zip")) {
            assertThat(channel.size()).isEqualTo(BIG);
            for (int i = 0; i < 60; i++) {
                // Now and then near where it stands, or in the last bytes.
                int from = switch (i % 4) {
                    case 0 -> random.nextInt(BIG);
                    case 1 -> (int) Math.min(BIG, channel.position() + random.nextInt(100_000));
                    case 2 -> BIG - random.nextInt(100_000);
                    default -> (int) Math.max(0, channel.position() - random.nextInt(100_000));
                };
                int count = Math.min(random.nextInt(200_000), BIG - from);
                channel.position(from);
                assertThat(read(channel, count))
                        .as("%d bytes from %d", count, from)
                        .isEqualTo(Arrays.copyOfRange(all, from, from + count));
                assertThat(channel.position()).isEqualTo(from + count);
            }
        }
    }

    @Test
    void readsNothingPastTheEnd() throws IOException {
        store().publish(file("x.part", bytes(1000)), "x.zip");

        try (SeekableByteChannel channel = store().open("x.zip")) {
            channel.position(1000);
            assertThat(channel.read(ByteBuffer.allocate(10))).isEqualTo(-1);
            channel.position(5000);
            assertThat(channel.position()).isEqualTo(5000);
            assertThat(channel.read(ByteBuffer.allocate(10))).isEqualTo(-1);
            channel.position(999);
            assertThat(read(channel, 10)).isEqualTo(Arrays.copyOfRange(bytes(1000), 999, 1000));
        }
    }

    @Test
    void readsIntoABufferThatIsNoArray() throws IOException {
        store().publish(file("x.part", bytes(300_000)), "x.zip");
        ByteBuffer buffer = ByteBuffer.allocateDirect(300_000);

        try (SeekableByteChannel channel = store().open("x.zip")) {
            fill(channel, buffer);
        }

        byte[] read = new byte[300_000];
        buffer.flip().get(read);
        assertThat(read).isEqualTo(bytes(300_000));
    }

    @Test
    void isReadByManyAtOnce() throws Exception {
        ArtifactStore store = store();
        store.publish(file("x.part", bytes(BIG)), "x.zip");
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            Callable<byte[]> reading = () -> content(store, "x.zip");
            for (Future<byte[]> each : readers.invokeAll(List.of(reading, reading, reading, reading))) {
                assertThat(each.get()).isEqualTo(bytes(BIG));
            }
        } finally {
            readers.shutdown();
        }
    }

    @Test
    void opensNothingThatIsNotThere() throws IOException {
        ArtifactStore store = store();

        assertThatThrownBy(() -> store.open("x.zip")).isInstanceOf(NoSuchFileException.class);
        assertThat(store.find("x.zip")).isEmpty();
        assertThat(store.localFile("x.zip")).isEmpty();
    }

    @Test
    void deletesAnArtifactAndSaysNothingOfNone() throws IOException {
        store().publish(file("x.part", bytes(1000)), "x.zip");

        store().delete("x.zip");
        store().delete("x.zip");

        assertThat(store().find("x.zip")).isEmpty();
        assertThat(store().keys()).isEmpty();
    }

    @Test
    void listsTheKeysOfAllThatIsThere() throws IOException {
        assertThat(store().keys()).isEmpty();
        for (int i = 0; i < 7; i++) {
            store().publish(file("x.part", bytes(i + 1)), i + ".zip");
        }

        assertThat(store().keys())
                .containsExactlyInAnyOrder("0.zip", "1.zip", "2.zip", "3.zip", "4.zip", "5.zip", "6.zip");
    }

    @Test
    void refusesAKeyThatCouldBeAnythingElse() throws IOException {
        ArtifactStore store = store();
        for (String key : List.of("../x", "a/b", "", ".x", "a b", "x\n", "x".repeat(200))) {
            assertThatThrownBy(() -> store.find(key)).as(key).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.delete(key)).as(key).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void tellsTheSameNameToAllThatSeeTheSame() throws IOException {
        assertThat(store().name()).isNotBlank().isEqualTo(store().name());
        assertThat(another().name()).isNotEqualTo(store().name());
    }
}
