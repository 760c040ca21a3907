package dev.windrow.common.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.ArtifactStore.Sealed;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.artifact.SegmentsContract;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.testkit.FaultyNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class S3SegmentsIT extends SegmentsContract {
    private static final int LEAST = 5 << 20;
    private static final Predicate<String> COPIES =
            head -> head.toLowerCase(Locale.ROOT).contains("x-amz-copy-source:");

    private FaultyNetwork network;
    private S3Place place;
    private S3Bucket bucket;

    @BeforeEach
    void open() throws IOException {
        network = FaultyNetwork.before(Buckets.shared().port());
        place = Buckets.place(network.endpoint());
        bucket = Buckets.open(place);
    }

    @AfterEach
    void close() {
        bucket.close();
        network.close();
    }

    @Override
    protected Segments segments() {
        return bucket.segments();
    }

    /** Three and a bit, each of the least length. */
    private Path file() throws IOException {
        return Files.write(folder.resolve("big.part"), bytes(3 * LEAST + 777));
    }

    private List<Segment> kept(Path file) throws IOException {
        List<Segment> kept = List.of(
                new Segment("x.1", 0, LEAST), new Segment("x.1", LEAST, LEAST), new Segment("x.2", 2L * LEAST, LEAST));
        for (Segment each : kept) {
            segments().keep(each, file);
        }
        return kept;
    }

    private void publish(Path file, List<Segment> kept) throws IOException {
        String sha256 = Sha256.hex(Files.readAllBytes(file));
        bucket.artifacts().publish(List.of(new Sealed(file, "x.zip", kept)));
        try (SeekableByteChannel artifact = bucket.artifacts().open("x.zip")) {
            assertThat(Sha256.of(artifact, read -> {})).isEqualTo(sha256);
        }
    }

    @Test
    void copiesWhatIsKeptAndSendsTheRest() throws IOException {
        Path file = file();

        publish(file, kept(file));

        assertThat(network.seen()).filteredOn(COPIES).hasSize(3);
        assertThat(bytesSent()).isEqualTo(777);
    }

    @Test
    void sendsWhatHasChangedSinceItWasKept() throws IOException {
        Path file = file();
        List<Segment> kept = kept(file);
        write(file, 30);

        publish(file, kept);

        assertThat(network.seen()).filteredOn(COPIES).hasSize(2);
        assertThat(bytesSent()).isEqualTo(LEAST + 777);
    }

    @Test
    void sendsAsManyBytesAsAPartNeeds() throws IOException {
        Path file = file();
        List<Segment> kept = List.of(
                new Segment("x.1", 0, 100), new Segment("x.1", 100, LEAST), new Segment("x.1", LEAST + 100, LEAST));
        for (Segment each : kept) {
            segments().keep(each, file);
        }

        publish(file, kept);

        // The first hundred bytes are no part by themselves, so what follows is sent with them.
        assertThat(network.seen()).filteredOn(COPIES).hasSize(1);
    }

    @Test
    void sendsWhatIsKeptNoLonger() throws IOException {
        Path file = file();
        List<Segment> kept = kept(file);
        segments().remove("x.2");

        publish(file, kept);

        assertThat(network.seen()).filteredOn(COPIES).hasSize(2);
    }

    @Test
    void sendsEverythingWhereAStoreCopiesNothing() throws IOException {
        Path file = file();
        List<Segment> kept = kept(file);
        network.only(COPIES).refuse(100, "501 Not Implemented", "<Error><Code>NotImplemented</Code></Error>");

        publish(file, kept);
    }

    @Test
    void removesManyByFewRequests() throws IOException {
        for (int i = 0; i < 7; i++) {
            segments().keep(new Segment("x.1", i, 1), file());
        }
        int before = network.seen().size();

        segments().remove("x.1");

        assertThat(segments().runs()).isEmpty();
        // Of 3 names each: three listings, one deletion; and the listing of the runs.
        assertThat(network.seen()).hasSize(before + 5);
    }

    @Test
    void removesOneByOneWhereAStoreKnowsNothingElse() throws IOException {
        for (int i = 0; i < 4; i++) {
            segments().keep(new Segment("x.1", i, 1), file());
        }
        network.only(head -> head.startsWith("POST "))
                .refuse(9, "501 Not Implemented", "<Error><Code>NotImplemented</Code></Error>");

        segments().remove("x.1");

        assertThat(segments().runs()).isEmpty();
    }

    @Test
    void givesNothingThatWasSpoilt() throws IOException {
        Segment segment = new Segment("x.1", 0, 1000);
        segments().keep(segment, file());
        Path object = object();
        byte[] bytes = Files.readAllBytes(object);
        bytes[500] ^= 1;
        Files.write(object, bytes);
        Segments segments = segments();

        assertThatThrownBy(() -> segments.fetch(segment, folder.resolve("other.part"), read -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not those that were kept");
    }

    private Path object() {
        return Buckets.shared().files("windrow").stream()
                .filter(name -> name.startsWith(place.prefix() + "work/x.1/"))
                .map(Buckets.shared().data().resolve("windrow")::resolve)
                .findFirst()
                .orElseThrow();
    }

    private long bytesSent() {
        return network.seen().stream()
                .filter(head -> head.startsWith("PUT ") && head.contains("partNumber=") && head.contains("artifacts/"))
                .filter(COPIES.negate())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Content-Length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }

    private static void write(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), at);
        }
    }
}
