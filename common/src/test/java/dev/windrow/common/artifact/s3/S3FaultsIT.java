package dev.windrow.common.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.testkit.FaultyNetwork;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.S3Server;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A store and a network that fail, by every request of the port. */
@Timeout(300)
@Tag("slow")
final class S3FaultsIT {
    private static final int BIG = 20 << 20;
    /** A busy machine has it for all that is to succeed. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final byte[] BYTES = bytes(BIG);

    @TempDir
    private Path folder;

    private FaultyNetwork network;
    private S3Place place;
    private S3Bucket bucket;
    private ArtifactStore store;

    @BeforeEach
    void open() throws IOException {
        begin(Buckets.shared());
    }

    private void begin(S3Server server) throws IOException {
        network = FaultyNetwork.before(server.port());
        place = Buckets.place(network.endpoint());
        bucket = S3Bucket.open(place, PATIENCE, PATIENCE, 1000, Clock.systemUTC());
        store = bucket.artifacts();
    }

    @AfterEach
    void close() {
        bucket.close();
        network.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.part"), bytes);
    }

    private byte[] content() throws IOException {
        try (SeekableByteChannel channel = store.open("x.zip")) {
            return rest(channel);
        }
    }

    private static byte[] rest(SeekableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - channel.position()));
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void publishesThroughAStoreThatAsksForPatience() throws IOException {
        network.only(head -> head.contains("partNumber=2")).slowDown(2);

        store.publish(file(BYTES), "x.zip");

        assertThat(content()).isEqualTo(BYTES);
    }

    @Test
    void readsOnWhereAnAnswerWasCut() throws IOException {
        store.publish(file(BYTES), "x.zip");
        int before = network.seen().size();
        network.only(head -> head.startsWith("GET ")).cutAnswers(3, 3_000_000);

        assertThat(content()).isEqualTo(BYTES);
        // To look, and four times to read.
        assertThat(network.seen()).hasSize(before + 5);
    }

    @Test
    void readsForwardByOneRequest() throws IOException {
        store.publish(file(BYTES), "x.zip");
        int before = network.seen().size();

        assertThat(content()).isEqualTo(BYTES);
        assertThat(network.seen()).hasSize(before + 2);
    }

    @Test
    void readsTheLastBytesByOneRequest() throws IOException {
        store.publish(file(BYTES), "x.zip");
        int before = network.seen().size();

        try (SeekableByteChannel channel = store.open("x.zip")) {
            for (int back = 22; back < 60_000; back += 1000) {
                channel.position(BIG - back);
                assertThat(rest(channel)).isEqualTo(Arrays.copyOfRange(BYTES, BIG - back, BIG));
            }
        }
        assertThat(network.seen()).hasSize(before + 2);
    }

    @Test
    void takesALostAnswerToTheLastRequestForWhatItWas() throws IOException {
        Path file = file(BYTES);
        network.only(head -> head.startsWith("POST ") && head.contains("uploadId="))
                .cutAnswers(1, 0);

        store.publish(file, "x.zip");

        assertThat(file).doesNotExist();
        assertThat(content()).isEqualTo(BYTES);
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void neverTakesABucketThatIsAwayForOneThatHasNothing() throws IOException {
        store.publish(file(BYTES), "x.zip");
        Path another = file(bytes(100));
        network.refuseAll();

        assertAllFail(another);

        network.heal();
        assertThat(content()).isEqualTo(BYTES);
        assertThat(another).exists();
    }

    @Test
    void waitsForNoAnswerWithoutEnd() throws IOException {
        store.publish(file(BYTES), "x.zip");
        try (S3Bucket hasty =
                S3Bucket.open(place, Duration.ofSeconds(1), Duration.ofSeconds(6), 1000, Clock.systemUTC())) {
            network.stall();

            Path one = file(bytes(1));
            // Made together: each takes as long as it may.
            List<CompletableFuture<Throwable>> ends = Stream.<ThrowingCallable>of(
                            () -> hasty.artifacts().find("x.zip"),
                            () -> hasty.artifacts().open("x.zip"),
                            () -> hasty.artifacts().keys(),
                            () -> hasty.artifacts().publish(one, "y.zip"),
                            () -> hasty.segments().keep(new Segment("x.1", 0, 1), one))
                    .map(request -> CompletableFuture.supplyAsync(
                            () -> catchThrowable(request), work -> new Thread(work).start()))
                    .toList();
            for (int i = 0; i < ends.size(); i++) {
                assertFault(ends.get(i).join(), i);
            }
        }
    }

    @Test
    void neverTakesABucketThatIsGoneForOneThatHasNothing() throws IOException {
        try (S3Server server = Buckets.server(folder.resolve("server"))) {
            close();
            begin(server);
            store.publish(file(BYTES), "x.zip");
            Folders.delete(server.data().resolve("windrow"));

            assertFail(questions(file(bytes(100))));
        }
    }

    private void assertAllFail(Path another) {
        assertFail(questions(another));
        assertFail(List.of(() -> store.delete("x.zip"), () -> store.unfinished(), () -> store.abandon("x.zip")));
    }

    /** Whose answer somebody goes by. */
    private List<ThrowingCallable> questions(Path another) {
        return List.of(
                () -> store.find("x.zip"),
                () -> store.open("x.zip"),
                () -> store.holds("x.zip", 1, "0", read -> {}),
                () -> store.keys(),
                () -> store.publish(folder.resolve("nowhere"), "x.zip"),
                () -> store.publish(another, "y.zip"),
                () -> bucket.segments().runs(),
                () -> bucket.segments().of("x.1"),
                () -> bucket.segments().remove("x.1"));
    }

    private static void assertFail(List<ThrowingCallable> requests) {
        for (int i = 0; i < requests.size(); i++) {
            assertFault(catchThrowable(requests.get(i)), i);
        }
    }

    private static void assertFault(Throwable end, int request) {
        assertThat(end)
                .as("request %d", request)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchFileException.class);
    }

    @Test
    void goesOnAfterTheServerWasKilled() throws IOException {
        try (S3Server server = Buckets.server(folder.resolve("server"))) {
            close();
            begin(server);
            store.publish(file(BYTES), "x.zip");
            bucket.segments().keep(new Segment("x.1", 0, 100), file(BYTES));
            try (SeekableByteChannel channel = store.open("x.zip")) {
                ByteBuffer some = ByteBuffer.allocate(1000);
                channel.read(some);
                channel.position(1000);
                server.kill();
                assertThatThrownBy(() -> rest(channel)).isInstanceOf(IOException.class);
                server.start();
                channel.position(1000);

                assertThat(rest(channel)).isEqualTo(Arrays.copyOfRange(BYTES, 1000, BIG));
            }
            assertThat(store.keys()).containsExactly("x.zip");
            assertThat(bucket.segments().runs()).containsExactly("x.1");
        }
    }

    @Test
    void publishesAfterAProcessDiedBetweenTwoParts() throws IOException {
        String object = place.prefix() + "artifacts/x.zip";
        Upload upload = new Upload(new Bucket(client(), "windrow", PATIENCE, 1000));
        String id = upload.begin(object, "0");
        upload.send(object, id, 1, new Stretch(file(BYTES), 0, 8 << 20));
        assertThat(store.unfinished()).containsExactly("x.zip");

        store.publish(file(BYTES), "x.zip");

        assertThat(content()).isEqualTo(BYTES);
        assertThat(store.unfinished()).containsExactly("x.zip");
        store.abandon("x.zip");
        assertThat(store.unfinished()).isEmpty();
        assertThat(content()).isEqualTo(BYTES);
        assertThatThrownBy(() -> upload.complete(object, id, List.of())).isInstanceOf(IOException.class);
    }

    private S3Client client() throws IOException {
        return S3Bucket.client(place);
    }

    @Test
    void abandonsOnlyWhatHasThatVeryKey() throws IOException {
        Upload upload = new Upload(new Bucket(client(), "windrow", PATIENCE, 1000));
        upload.begin(place.prefix() + "artifacts/x.zip", "0");
        upload.begin(place.prefix() + "artifacts/x.zip", "0");
        upload.begin(place.prefix() + "artifacts/x.zip2", "0");

        store.abandon("x.zip");

        assertThat(store.unfinished()).containsExactly("x.zip2");
    }

    @Test
    void leavesNothingOfWhatItCouldNotSend() throws IOException {
        Path file = file(BYTES);
        network.only(head -> head.contains("partNumber=2"))
                .refuse(100, "403 Forbidden", "<Error><Code>AccessDenied</Code></Error>");

        assertThatThrownBy(() -> store.publish(file, "x.zip")).isInstanceOf(AccessDeniedException.class);

        assertThat(store.find("x.zip")).isEmpty();
        assertThat(store.unfinished()).isEmpty();
        assertThat(file).hasBinaryContent(BYTES);
    }

    @Test
    void saysThatThereIsNoRoomInWordsThatAFullDiskHas() throws IOException {
        Path file = file(bytes(100));
        network.only(head -> head.startsWith("PUT "))
                .refuse(100, "507 Insufficient Storage", "<Error><Code>XMinioStorageFull</Code></Error>");

        assertThatThrownBy(() -> store.publish(file, "x.zip")).hasMessageContaining("no space left");
    }

    @Test
    void endsThePublishingWhereItIsTold() throws IOException {
        Path file = file(BYTES);
        LongConsumer enough = moved -> {
            if (moved > 1 << 20) {
                throw new IllegalStateException("enough");
            }
        };

        assertThatThrownBy(() -> store.publish(List.of(new ArtifactStore.Sealed(file, "x.zip")), enough))
                .hasMessage("enough");

        assertThat(store.find("x.zip")).isEmpty();
        assertThat(store.unfinished()).isEmpty();
        assertThat(file).hasBinaryContent(BYTES);
    }

    @Test
    void tellsOfAllThatItMoves() throws IOException {
        AtomicLong moved = new AtomicLong();

        store.publish(List.of(new ArtifactStore.Sealed(file(BYTES), "x.zip")), moved::addAndGet);

        // Read, and sent.
        assertThat(moved).hasValue(2L * BIG);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        Path file = file(BYTES);
        AtomicReference<Throwable> end = new AtomicReference<>();
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        Thread publishing = new Thread(() -> {
            try {
                store.publish(file, "x.zip");
            } catch (IOException e) {
                end.set(e);
                wasInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        network.only(head -> head.contains("partNumber=")).slowDown(1000);
        publishing.start();
        Awaitility.await()
                .until(() -> network.seen().stream()
                        .anyMatch(head -> head.contains("x.zip") && head.contains("partNumber=")));

        publishing.interrupt();
        publishing.join();

        assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(wasInterrupted).isTrue();
        assertThat(store.find("x.zip")).isEmpty();
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void leavesAnArtifactThatHasOtherBytes() throws IOException {
        store.publish(file(BYTES), "x.zip");
        for (int length : List.of(100, BIG)) {
            byte[] other = bytes(length);
            other[0] ^= 1;
            Path file = file(other);

            assertThatThrownBy(() -> store.publish(file, "x.zip")).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(file).exists();
        }

        assertThat(content()).isEqualTo(BYTES);
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void readsNoOtherObjectThanTheOneThatItOpened() throws IOException {
        store.publish(file(BYTES), "x.zip");
        try (SeekableByteChannel channel = store.open("x.zip")) {
            channel.read(ByteBuffer.allocate(100));
            store.delete("x.zip");
            byte[] other = bytes(BIG);
            other[0] ^= 1;
            store.publish(file(other), "x.zip");
            channel.position(10_000_000);

            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not what it was");
        }
    }

    @Test
    void readsNothingThatWasDeletedMeanwhile() throws IOException {
        store.publish(file(BYTES), "x.zip");
        try (SeekableByteChannel channel = store.open("x.zip")) {
            store.delete("x.zip");

            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(100))).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void readsAllOfWhatNobodyHasSaidTheDigestOf() throws IOException {
        try (var client = client()) {
            client.putObject(
                    put -> put.bucket("windrow").key(place.prefix() + "artifacts/x.zip"), RequestBody.fromBytes(BYTES));
        }

        assertThat(store.holds("x.zip", BIG, Sha256.hex(BYTES), read -> {})).isTrue();
        assertThat(store.holds("x.zip", BIG, Sha256.hex(bytes(1)), read -> {})).isFalse();
    }

    @Test
    void listsNothingButWhatIsItsOwn() throws IOException {
        try (S3Bucket below = Buckets.open(S3Place.of(place + "/below", place.endpoint(), null, true))) {
            below.artifacts().publish(file(bytes(1)), "below.zip");
            bucket.segments().keep(new Segment("x.1", 0, 1), file(bytes(1)));
            store.publish(file(bytes(1)), "x.zip");

            assertThat(store.keys()).containsExactly("x.zip");
            assertThat(below.artifacts().keys()).containsExactly("below.zip");
            assertThat(below.segments().runs()).isEmpty();
        }
    }
}
