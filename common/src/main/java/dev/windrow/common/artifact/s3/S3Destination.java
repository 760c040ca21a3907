package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A part of a bucket that is somebody else's. An object is there at once or not at all, so there is no temporary name;
 * the store compares each part with its MD5, and the whole has its SHA-256 in its metadata. Thread-safe.
 */
public final class S3Destination implements Destination {
    private static final Logger log = LoggerFactory.getLogger(S3Destination.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 1000;

    private final S3Place place;
    private final @Nullable AwsCredentialsProvider credentials;

    /** With the access keys that the AWS SDK finds. */
    public S3Destination(S3Place place) {
        this.place = place;
        this.credentials = null;
    }

    /** With access keys of its own. */
    public S3Destination(S3Place place, String accessKey, String secretKey) {
        this.place = place;
        this.credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    @Override
    public void put(Parcel parcel) throws IOException {
        String object = place.prefix() + parcel.name();
        try (S3Client client = S3Bucket.client(place, credentials)) {
            put(new Bucket(client, place.bucket(), PATIENCE, PAGE), object, parcel);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw reason(object, e);
        }
    }

    private static void put(Bucket bucket, String object, Parcel parcel) throws IOException {
        if (isThere(bucket, object, parcel)) {
            return;
        }
        requireWhole(parcel);
        try {
            send(bucket, object, parcel);
        } catch (Answers.NotAsWasException e) {
            // Somebody else was first: whether with the same bytes is looked at next.
            log.debug("{}", e.getMessage());
        }
        if (!isThere(bucket, object, parcel)) {
            throw DestinationException.again("what is there is not what was sent", null);
        }
    }

    /** Others may send to the same part of the bucket: of uploads that are not over, those of our names are ours. */
    @Override
    public int sweep(Leftovers leftovers) throws IOException {
        try (S3Client client = S3Bucket.client(place, credentials)) {
            Upload upload = new Upload(new Bucket(client, place.bucket(), PATIENCE, PAGE));
            int given = 0;
            for (MultipartUpload each : upload.begun(place.prefix())) {
                String name = each.key().substring(place.prefix().length());
                if (each.initiated().isBefore(leftovers.before())
                        && leftovers.givenUp().test(name)) {
                    upload.abort(each.key(), each.uploadId());
                    given++;
                }
            }
            return given;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw reason("unfinished uploads", e);
        }
    }

    private static boolean isThere(Bucket bucket, String object, Parcel parcel) throws IOException {
        Optional<Bucket.Head> head = bucket.head(object);
        if (head.isEmpty()) {
            return false;
        }
        if (head.get().is(parcel.bytes(), parcel.sha256())) {
            return true;
        }
        if (!parcel.overwrite()) {
            throw DestinationException.never("there is another file of that name, and this place overwrites none");
        }
        return false;
    }

    /** What the store compares is what was sent: so it must be the archive that is sent. */
    private static void requireWhole(Parcel parcel) throws IOException {
        try (SeekableByteChannel content = parcel.content().open()) {
            if (content.size() != parcel.bytes()
                    || !Sha256.of(content, read -> {}).equals(parcel.sha256())) {
                throw DestinationException.again("the archive is not what it was when it was finished", null);
            }
        }
    }

    private static void send(Bucket bucket, String object, Parcel parcel) throws IOException {
        if (parcel.bytes() <= Parts.USUAL) {
            Stretch all = new Stretch(parcel.content(), 0, parcel.bytes());
            bucket.put(object, all, all.sums(), !parcel.overwrite());
            return;
        }
        Upload upload = new Upload(bucket, parcel.overwrite());
        for (MultipartUpload each : upload.begun(object)) {
            // Of a try that was killed: what it has sent can't be seen and costs money.
            if (each.key().equals(object)) {
                upload.abort(object, each.uploadId());
            }
        }
        upload.make(object, parcel.content(), Parts.of(parcel.bytes(), List.of()), parcel.sha256(), moved -> {});
    }

    /** In words for the archive's owner: without the names of the bucket and the object. */
    private static IOException reason(String object, IOException e) {
        if (e instanceof DestinationException) {
            return e;
        }
        if (e instanceof Answers.NoSuchBucketException) {
            return DestinationException.again("the bucket of this place is not there", e);
        }
        if (e instanceof S3RefusedException) {
            return DestinationException.again("the settings of this place make no client for its bucket", e);
        }
        if (e instanceof AccessDeniedException denied) {
            return DestinationException.again(String.valueOf(denied.getReason()), e);
        }
        String said = String.valueOf(e.getMessage());
        return said.startsWith(object + ": ") ? DestinationException.again(said.substring(object.length() + 2), e) : e;
    }
}
