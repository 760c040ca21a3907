package dev.windrow.common.artifact.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Requests to one bucket, each with a time that it may take. Thread-safe. */
final class Bucket {
    /** In an object's metadata: the SHA-256 of its bytes, as whoever wrote it said. */
    static final String SHA256 = "sha256";

    private static final Logger log = LoggerFactory.getLogger(Bucket.class);
    /** What S3 takes in one request. */
    private static final int MOST_DELETED = 1000;

    /** Slower than this is as good as gone. */
    private static final long BYTES_A_SECOND = 128 << 10;

    private final S3Client client;
    private final String name;
    private final Duration patience;
    private final int page;

    /**
     * @param patience how long a question may take, its tries together; each try of what sends bytes has so long, too,
     *     and more for the bytes
     * @param page names that a listing asks for at once
     */
    Bucket(S3Client client, String name, Duration patience, int page) {
        this.client = client;
        this.name = name;
        this.patience = patience;
        this.page = page;
    }

    /**
     * An object, seen from outside.
     *
     * @param sha256 null where it was not said
     */
    record Head(long bytes, String etag, @Nullable String sha256) {
        boolean is(long length, String digest) {
            return bytes == length && digest.equals(sha256);
        }
    }

    S3Client client() {
        return client;
    }

    String name() {
        return name;
    }

    /** For requests that ask and bring little. */
    Consumer<AwsRequestOverrideConfiguration.Builder> soon() {
        return limits -> limits.apiCallTimeout(patience);
    }

    /** For one that sends that many bytes. */
    Consumer<AwsRequestOverrideConfiguration.Builder> sending(long bytes) {
        return limits -> limits.apiCallAttemptTimeout(patience.plusSeconds(bytes / BYTES_A_SECOND));
    }

    /** Empty when there is none; that the bucket is not there either is another thing, and told. */
    Optional<Head> head(String object) throws IOException {
        return Answers.of(object, () -> {
            try {
                HeadObjectResponse head =
                        client.headObject(ask -> ask.bucket(name).key(object).overrideConfiguration(soon()));
                return Optional.of(new Head(head.contentLength(), head.eTag(), sha256(head.metadata())));
            } catch (S3Exception e) {
                if (Answers.status(e) != 404) {
                    throw e;
                }
                // An answer to HEAD has no body that would say which of the two is missing.
                requireBucket();
                return Optional.empty();
            }
        });
    }

    /** @throws Answers.NoSuchBucketException when it is not there */
    void requireBucket() throws IOException {
        try {
            client.headBucket(ask -> ask.bucket(name).overrideConfiguration(soon()));
        } catch (SdkException e) {
            if (Answers.status(e) == 404) {
                throw new Answers.NoSuchBucketException("the bucket " + name + " is not there");
            }
            throw e;
        }
    }

    private static @Nullable String sha256(Map<String, String> metadata) {
        for (Map.Entry<String, String> each : metadata.entrySet()) {
            if (each.getKey().toLowerCase(Locale.ROOT).equals(SHA256)) {
                return each.getValue();
            }
        }
        return null;
    }

    /**
     * The object's bytes from a place on, as they come.
     *
     * @param etag of the object that it must still be
     */
    ResponseInputStream<GetObjectResponse> read(String object, long from, String etag) throws IOException {
        return Answers.of(
                object,
                () -> client.getObject(GetObjectRequest.builder()
                        .bucket(name)
                        .key(object)
                        .range("bytes=" + from + "-")
                        .ifMatch(etag)
                        .overrideConfiguration(soon())
                        .build()));
    }

    /** All of a small object. */
    byte[] content(String object) throws IOException {
        return Answers.of(
                object,
                () -> client.getObjectAsBytes(
                                ask -> ask.bucket(name).key(object).overrideConfiguration(soon()))
                        .asByteArray());
    }

    /** @param sums of the stretch, which its metadata keep */
    void put(String object, Stretch stretch, Stretch.Sums sums, boolean ifAbsent) throws IOException {
        Answers.of(
                object,
                () -> stretch.sent(body -> client.putObject(
                        ask -> {
                            ask.bucket(name)
                                    .key(object)
                                    .contentMD5(sums.md5())
                                    .metadata(Map.of(SHA256, sums.sha256()))
                                    .overrideConfiguration(sending(stretch.length()));
                            if (ifAbsent) {
                                ask.ifNoneMatch("*");
                            }
                        },
                        body)));
    }

    void delete(String object) throws IOException {
        Answers.of(
                object,
                () -> client.deleteObject(ask -> ask.bucket(name).key(object).overrideConfiguration(soon())));
    }

    /** All of them, many at once where the store knows how. */
    void delete(List<String> objects) throws IOException {
        for (int from = 0; from < objects.size(); from += MOST_DELETED) {
            List<String> some = objects.subList(from, Math.min(objects.size(), from + MOST_DELETED));
            if (!deletedAtOnce(some)) {
                for (String object : some) {
                    delete(object);
                }
            }
        }
    }

    private boolean deletedAtOnce(List<String> objects) throws IOException {
        List<ObjectIdentifier> names = objects.stream()
                .map(object -> ObjectIdentifier.builder().key(object).build())
                .toList();
        try {
            return client.deleteObjects(ask -> ask.bucket(name)
                            .delete(all -> all.objects(names).quiet(true))
                            // This request has a checksum by all means; this one every store knows.
                            .overrideConfiguration(limits -> limits.addPlugin(LegacyMd5Plugin.create())))
                    .errors()
                    .isEmpty();
        } catch (S3Exception e) {
            // One by one it says what is wrong, if it is not this request itself that the store does not know.
            log.debug("{} objects could not be deleted at once: {}", objects.size(), e.getMessage());
            return false;
        } catch (SdkException e) {
            throw Answers.of("a deletion", e);
        }
    }

    /** Everything whose key begins so. */
    List<S3Object> list(String prefix) throws IOException {
        List<S3Object> objects = new ArrayList<>();
        pages(prefix, null, answer -> objects.addAll(answer.contents()));
        return objects;
    }

    /** What follows after the prefix up to the next slash, of all keys that have one there; each once. */
    List<String> folders(String prefix) throws IOException {
        List<String> folders = new ArrayList<>();
        pages(prefix, "/", answer -> {
            for (CommonPrefix each : answer.commonPrefixes()) {
                folders.add(
                        each.prefix().substring(prefix.length(), each.prefix().length() - 1));
            }
        });
        return folders;
    }

    private void pages(String prefix, @Nullable String delimiter, Consumer<ListObjectsV2Response> found)
            throws IOException {
        String from = null;
        do {
            ListObjectsV2Request ask = ListObjectsV2Request.builder()
                    .bucket(name)
                    .prefix(prefix)
                    .delimiter(delimiter)
                    .maxKeys(page)
                    .continuationToken(from)
                    .overrideConfiguration(soon())
                    .build();
            ListObjectsV2Response answer = Answers.of("a listing", () -> client.listObjectsV2(ask));
            found.accept(answer);
            from = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
        } while (from != null);
    }
}
