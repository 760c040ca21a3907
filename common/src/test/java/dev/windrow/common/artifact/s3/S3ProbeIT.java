package dev.windrow.common.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.testkit.FaultyNetwork;
import dev.windrow.testkit.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start asks of a bucket. */
final class S3ProbeIT {
    @TempDir
    private Path folder;

    @Test
    void leavesNothingBehindButTheName() throws IOException {
        S3Place place = Buckets.place();
        for (int i = 0; i < 2; i++) {
            try (S3Bucket bucket = Buckets.open(place)) {
                assertThat(bucket.artifacts().keys()).isEmpty();
            }
        }

        assertThat(files(Buckets.shared(), place)).containsExactly(place.prefix() + "store");
        try (var client = S3Bucket.client(place)) {
            assertThat(client.listMultipartUploads(ask -> ask.bucket("windrow").prefix(place.prefix()))
                            .uploads())
                    .isEmpty();
        }
    }

    @Test
    void givesUpWhatAStartHasBegunThatWasKilledInIt() throws IOException {
        S3Place place = Buckets.place();
        String object = Probe.object(place.prefix());
        Path file = Files.writeString(folder.resolve("part"), "x");
        try (var client = S3Bucket.client(place)) {
            Bucket bucket = new Bucket(client, "windrow", Duration.ofSeconds(60), 3);
            Upload upload = new Upload(bucket);
            String killed = upload.begin(object, Stretch.all(file).sums().sha256());
            upload.send(object, killed, 1, Stretch.all(file));

            Clock now = Clock.systemUTC();
            new Probe(bucket, place.prefix(), Clock.offset(now, Duration.ofMinutes(9))).name();
            assertThat(upload.begun(object)).as("one that may be under way").hasSize(1);
            new Probe(bucket, place.prefix(), Clock.offset(now, Duration.ofMinutes(12))).name();
            assertThat(upload.begun(object)).isEmpty();
        }
    }

    private static List<String> files(S3Server server, S3Place place) {
        return server.files("windrow").stream()
                .filter(name -> name.contains(place.prefix()))
                .toList();
    }

    @Test
    void refusesAStoreThatPassesOverTheCondition() throws IOException {
        try (S3Server server = S3Server.startOpen(folder, "windrow")) {
            S3Server.giveKeysToThisJvm();
            for (String method : List.of("PUT ", "POST ")) {
                try (FaultyNetwork network = FaultyNetwork.before(server.port())) {
                    S3Place place = Buckets.place(network.endpoint());
                    network.only(head -> head.startsWith(method)).strip("If-None-Match");

                    assertThatThrownBy(() -> Buckets.open(place))
                            .as(method)
                            .isInstanceOf(IOException.class)
                            .hasMessageContainingAll("passes over If-None-Match", "take a store");
                    network.heal();
                    String name = name(place);
                    assertThat(name(place)).as("it changed nothing").isEqualTo(name);
                    assertThat(files(server, place)).containsExactly(place.prefix() + "store");
                }
            }
        }
    }

    private static String name(S3Place place) throws IOException {
        try (S3Bucket bucket = Buckets.open(place)) {
            return bucket.artifacts().name();
        }
    }

    @Test
    void refusesABucketThatIsNotThere() {
        S3Place place = S3Place.of("s3://no-such-bucket", Buckets.shared().endpoint(), null, true);

        assertThatThrownBy(() -> Buckets.open(place))
                .hasMessage("s3://no-such-bucket: there is no such bucket; make it, or correct windrow.artifacts.url");
    }

    @Test
    void refusesKeysThatTheBucketDoesNotKnow() {
        S3Place place = Buckets.place();
        System.setProperty("aws.accessKeyId", "nobody");
        try {
            assertThatThrownBy(() -> Buckets.open(place))
                    .hasMessageContainingAll("the bucket refuses it", "AWS_ACCESS_KEY_ID", "s3:PutObject");
        } finally {
            S3Server.giveKeysToThisJvm();
        }
    }

    @Test
    void refusesAServerThatIsNotThere() {
        try (FaultyNetwork network = FaultyNetwork.before(Buckets.shared().port())) {
            network.refuseAll();
            S3Place place = Buckets.place(network.endpoint());

            assertThatThrownBy(() -> Buckets.open(place))
                    .hasMessageContainingAll("can't be reached", "windrow.artifacts.s3.endpoint");
        }
    }

    @Test
    void isOfTheSameNameInEveryProcessThatSeesTheBucket() throws Exception {
        S3Place place = Buckets.place();

        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> {
                            try {
                                return name(place);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .distinct())
                .hasSize(1);
    }

    @Test
    void isOfAnotherNameAtAnotherServer() throws IOException {
        try (S3Server server = Buckets.server(folder)) {
            S3Place here = Buckets.place();
            S3Place there = new S3Place("windrow", here.prefix(), server.endpoint(), null, true);

            assertThat(name(there)).isNotEqualTo(name(here));
        }
    }

    /** As a server whose disk was not mounted, and whose bucket somebody has made anew. */
    @Test
    void isSilentOnWhatIsMissingInABucketThatTookThePlaceOfItsOwn() throws IOException {
        try (S3Server server = Buckets.server(folder);
                S3Bucket bucket = Buckets.open(Buckets.place(server.endpoint()))) {
            ArtifactStore store = bucket.artifacts();
            store.publish(Files.write(folder.resolve("x.part"), new byte[] {1}), "x.zip");
            Path own = server.data().resolve("windrow");
            Files.move(own, folder.resolve("unmounted"));
            server.make("windrow");

            assertThatThrownBy(() -> store.open("x.zip"))
                    .isNotInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("not the one that it was");
            assertThatThrownBy(() -> store.find("x.zip")).hasMessageContaining("not the one that it was");

            Files.delete(own);
            Files.move(folder.resolve("unmounted"), own);
            assertThat(store.find("x.zip")).contains(1L);
            store.delete("x.zip");
            assertThat(store.find("x.zip")).isEmpty();
            assertThatThrownBy(() -> store.open("x.zip")).isInstanceOf(NoSuchFileException.class);
        }
    }
}
