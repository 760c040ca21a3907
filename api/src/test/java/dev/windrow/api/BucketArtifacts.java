package dev.windrow.api;

import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.artifact.s3.S3Bucket;
import dev.windrow.common.artifact.s3.S3Place;
import dev.windrow.testkit.FaultyNetwork;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Archives in a bucket of a real server, behind a network that fails when a test says so. */
public final class BucketArtifacts implements TestArtifacts {
    private static final Duration PATIENCE_OF_TESTS = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Between the server under test and the bucket; what tests do themselves does not pass it. */
    public final FaultyNetwork network;

    private final S3Bucket seen;
    private final S3Bucket own;

    private BucketArtifacts(FaultyNetwork network, S3Bucket seen, S3Bucket own) {
        this.network = network;
        this.seen = seen;
        this.own = own;
    }

    /** One server for all tests of this JVM. */
    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                Path folder = Files.createTempDirectory("windrow-api-s3");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
                S3Server.giveKeysToThisJvm();
                return S3Server.start(folder, "windrow");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A part of the bucket that nobody else uses. */
    static BucketArtifacts open() throws IOException {
        FaultyNetwork network = FaultyNetwork.before(Shared.SERVER.port());
        String address = "s3://windrow/" + UUID.randomUUID();
        S3Bucket seen = S3Bucket.open(S3Place.of(address, network.endpoint(), null, true), PATIENCE, Clock.systemUTC());
        S3Bucket own = S3Bucket.open(
                S3Place.of(address, Shared.SERVER.endpoint(), null, true), PATIENCE_OF_TESTS, Clock.systemUTC());
        return new BucketArtifacts(network, seen, own);
    }

    DirectLinks links() {
        return seen.links();
    }

    @Override
    public void put(String key, byte[] bytes) {
        try {
            delete(key);
            Path file = Files.createTempFile("windrow-artifact", null);
            publish(Files.write(file, bytes), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void publish(Path file, String key) throws IOException {
        own.artifacts().publish(file, key);
    }

    @Override
    public String name() {
        return own.artifacts().name();
    }

    @Override
    public Optional<Long> find(String key) throws IOException {
        return own.artifacts().find(key);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        return seen.artifacts().open(key);
    }

    @Override
    public boolean isLocal() {
        return seen.artifacts().isLocal();
    }

    @Override
    public Optional<Path> localFile(String key) {
        return seen.artifacts().localFile(key);
    }

    @Override
    public void delete(String key) throws IOException {
        own.artifacts().delete(key);
    }

    @Override
    public List<String> keys() throws IOException {
        return own.artifacts().keys();
    }
}
