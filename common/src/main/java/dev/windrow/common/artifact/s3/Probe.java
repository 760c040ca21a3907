package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * What is asked of a bucket once, at a start: what it is called, which an object of its own keeps, and whether it heeds
 * the condition that nothing is there. Without that two runs could write one archive, one after the other.
 */
final class Probe {
    /** Longer than another start may be at it, by a clock that is a minute off. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final Bucket bucket;
    private final Clock clock;
    private final Upload upload;
    private final String object;

    /**
     * @param prefix of all that is ours in the bucket
     * @param clock says which uploads are of starts that were killed
     */
    Probe(Bucket bucket, String prefix, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
        this.upload = new Upload(bucket);
        this.object = object(prefix);
    }

    /** What the object is called that keeps the name. */
    static String object(String prefix) {
        return prefix + "store";
    }

    /**
     * The name that the bucket has kept since whoever came first. What is tried to find out about conditions are the
     * same bytes in the same place, so that nothing is left behind and nothing changes.
     *
     * @throws S3RefusedException when this is no store to keep archives in, with the mend
     */
    String name() throws IOException {
        bucket.requireBucket();
        // Asked for by those who clean up, who would find out too late that they may not.
        bucket.list(object);
        giveUp(upload.begun(object));
        Path file = Files.createTempFile("windrow-store", null, OwnerOnly.file());
        try {
            Files.writeString(file, UUID.randomUUID().toString());
            if (bucket.head(object).isEmpty()) {
                var unused = isRefused(() -> put(file));
            }
            Files.write(file, bucket.content(object));
            String multipart = upload.begin(object, Stretch.all(file).sums().sha256());
            boolean heeds;
            try {
                String etag = upload.send(object, multipart, 1, Stretch.all(file));
                List<CompletedPart> parts =
                        List.of(CompletedPart.builder().partNumber(1).eTag(etag).build());
                heeds = isRefused(() -> put(file)) && isRefused(() -> upload.complete(object, multipart, parts));
            } finally {
                upload.abort(object, multipart);
            }
            if (!heeds) {
                throw new S3RefusedException("it passes over If-None-Match, so that a second run of an export could"
                        + " overwrite the archive of the first; take a store or a version of it that knows conditional"
                        + " writes, for PUT and for CompleteMultipartUpload");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What starts have begun that were killed before they could take it back. */
    private void giveUp(List<MultipartUpload> begun) throws IOException {
        Instant before = clock.instant().minus(ABANDONED);
        for (MultipartUpload each : begun) {
            if (each.key().equals(object) && each.initiated().isBefore(before)) {
                upload.abort(object, each.uploadId());
            }
        }
    }

    private interface Write {
        void write() throws IOException;
    }

    private void put(Path file) throws IOException {
        bucket.put(object, Stretch.all(file), Stretch.all(file).sums(), true);
    }

    private static boolean isRefused(Write write) throws IOException {
        try {
            write.write();
            return false;
        } catch (Answers.NotAsWasException e) {
            return true;
        }
    }
}
