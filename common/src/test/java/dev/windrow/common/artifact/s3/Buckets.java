package dev.windrow.common.artifact.s3;

import dev.windrow.testkit.Folders;
import dev.windrow.testkit.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Buckets of a server that all tests of this JVM share, and that ends with it. */
final class Buckets {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Buckets() {}

    /** Started when it is first asked for. */
    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                Path folder = Files.createTempDirectory("windrow-s3");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
                return server(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static S3Server shared() {
        return Shared.SERVER;
    }

    /** One of its own, to be killed; with the bucket {@code windrow}. */
    static S3Server server(Path folder) {
        S3Server.giveKeysToThisJvm();
        return S3Server.start(folder, "windrow");
    }

    /** Of a part of the shared server's bucket that nobody else uses. */
    static S3Place place() {
        return place(shared().endpoint());
    }

    static S3Place place(URI endpoint) {
        return S3Place.of("s3://windrow/" + UUID.randomUUID(), endpoint, null, true);
    }

    static S3Bucket open(S3Place place) throws IOException {
        return S3Bucket.open(place, PATIENCE, PATIENCE, 3, Clock.systemUTC());
    }
}
