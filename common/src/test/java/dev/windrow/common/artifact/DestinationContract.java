package dev.windrow.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every place gives that archives are copied to. Its files are looked at on the disk that they come to lie on. */
public abstract class DestinationContract {
    protected static final String NAME = "orders/2026-03-31/march readings.zip";
    private static final String DELIVERY = "msg_0123456789abcdef0123456789abcdef";

    /** Later than anything that a test writes. */
    protected static final Instant AFTER_ALL = Instant.parse("9999-01-01T00:00:00Z");

    @TempDir
    protected Path temp;

    private Path archive;
    private byte[] bytes;

    /** How long the archive is: more than the place takes at once. */
    protected int length() {
        return 300_001;
    }

    /** Where its files come to lie, as a folder of this machine. */
    protected abstract Path there();

    protected abstract Destination destination();

    @BeforeEach
    void makeArchive() throws IOException {
        bytes = new byte[length()];
        new Random(7).nextBytes(bytes);
        archive = Files.write(temp.resolve("archive"), bytes);
    }

    protected final Destination.Parcel parcel(Destination.Content content, boolean overwrite) {
        return new Destination.Parcel(NAME, DELIVERY, length(), Sha256.hex(bytes), content, overwrite);
    }

    protected final Destination.Parcel parcel() {
        return parcel(() -> FileChannel.open(archive), false);
    }

    private static Destination.Content unread() {
        return () -> {
            throw new IOException("nobody needs to read it again");
        };
    }

    protected final void assertIsThere() throws IOException {
        assertThat(Sha256.hex(Files.readAllBytes(there().resolve(NAME)))).isEqualTo(Sha256.hex(bytes));
        assertThat(names()).containsExactly(NAME);
    }

    /** A try that ends with an error in the middle, and leaves what it leaves. */
    final void putHalf() {
        assertThatThrownBy(() -> destination()
                        .put(parcel(() -> new CutOff(FileChannel.open(archive), length() - 100_000), false)))
                .isInstanceOf(IOException.class);
    }

    /** How often something was removed. */
    protected final int sweep(int folders, Instant before) throws IOException {
        return destination().sweep(new Destination.Leftovers(folders, before, NAME::equals));
    }

    @Test
    void removesNothingButWhatIsHalfDone() throws IOException {
        destination().put(parcel());

        assertThat(sweep(5, AFTER_ALL)).isZero();

        assertIsThere();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(there())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> there().relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    @Test
    void copiesAnArchiveAndMakesItsFolders() throws IOException {
        destination().put(parcel());

        assertIsThere();
    }

    @Test
    void leavesAnArchiveThatIsThereAlready() throws IOException {
        destination().put(parcel());

        destination().put(parcel(unread(), false));
        destination().put(parcel(unread(), true));

        assertIsThere();
    }

    @Test
    void overwritesNoOtherFile() throws IOException {
        putAnother();

        assertThatThrownBy(() -> destination().put(parcel()))
                .isInstanceOfSatisfying(
                        DestinationException.class, e -> assertThat(e.isFinal()).isTrue())
                .hasMessage("there is another file of that name, and this place overwrites none");
        assertThat(there().resolve(NAME)).hasContent("another");
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void leavesNothingOfItsOwnBesideAnotherFile() throws IOException {
        putHalf();
        putAnother();
        assertThatThrownBy(() -> destination().put(parcel())).isInstanceOf(DestinationException.class);
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void leavesNothingOfItsOwnBesideAFileThatCameWhileItWasWritten() throws IOException {
        Destination.Content late = () -> {
            putAnother();
            return FileChannel.open(archive);
        };
        assertThatThrownBy(() -> destination().put(parcel(late, false)))
                .isInstanceOf(DestinationException.class)
                .hasMessage("there is another file of that name, and this place overwrites none");
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void overwritesAnotherFileWhereItIsToldTo() throws IOException {
        putAnother();

        destination().put(parcel(() -> FileChannel.open(archive), true));

        assertIsThere();
    }

    /** As the place itself would have it, so that what a store keeps beside it is there too. */
    private void putAnother() throws IOException {
        byte[] another = "another".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.write(temp.resolve("another"), another);
        destination()
                .put(new Destination.Parcel(
                        NAME, "another", another.length, Sha256.hex(another), () -> FileChannel.open(file), false));
    }

    @Test
    void showsNothingOfAnArchiveThatIsNotWhatItWas() throws IOException {
        byte[] damaged = bytes.clone();
        damaged[length() / 2] ^= 1;
        Path file = Files.write(temp.resolve("damaged"), damaged);

        assertThatThrownBy(() -> destination().put(parcel(() -> FileChannel.open(file), false)))
                .isInstanceOfSatisfying(
                        DestinationException.class, e -> assertThat(e.isFinal()).isFalse());

        assertThat(names()).isEmpty();
    }

    @Test
    void endsWithTheArchiveAfterATryThatWasCutOff() throws IOException {
        putHalf();
        assertThat(there().resolve(NAME)).doesNotExist();

        destination().put(parcel());

        assertIsThere();
    }

    @Test
    void endsWithTheArchiveWhereTwoProcessesHaveOneDelivery() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> puts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            puts.add(both.submit(() -> {
                try {
                    destination().put(parcel());
                    return true;
                } catch (DestinationException e) {
                    assertThat(e.isFinal()).as(e.getMessage()).isFalse();
                    return false;
                }
            }));
        }
        boolean first = puts.get(0).get();
        boolean second = puts.get(1).get();
        both.shutdown();
        if (!first && !second) {
            destination().put(parcel());
        }

        assertIsThere();
    }

    /** Reading ends with an error in the middle. */
    private static final class CutOff extends ForwardingChannel {
        private final long after;

        CutOff(SeekableByteChannel channel, long after) {
            super(channel);
            this.after = after;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            if (position() >= after) {
                throw new IOException("cut off");
            }
            return super.read(buffer);
        }
    }
}
