package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.Destination.Content;
import dev.windrow.common.thread.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Multipart uploads: an object is there at once or not at all, and in another one's place only where that was asked
 * for. Thread-safe.
 */
final class Upload {
    private static final Logger log = LoggerFactory.getLogger(Upload.class);

    /** One connection is slower than a store. */
    private static final int AT_ONCE = 4;

    private final Bucket bucket;
    private final S3Client client;
    private final boolean overwrites;

    Upload(Bucket bucket) {
        this(bucket, false);
    }

    /** @param overwrites whether an object takes the place of another one of its name after all */
    Upload(Bucket bucket, boolean overwrites) {
        this.bucket = bucket;
        this.client = bucket.client();
        this.overwrites = overwrites;
    }

    /**
     * Makes the object of the parts of a file, some at once.
     *
     * @param sha256 of the whole file, which its metadata keep
     * @param moved told of the bytes of each part that is there; what it throws ends it
     * @throws Answers.NotAsWasException when there is an object of that name
     */
    void make(String object, Content file, List<Parts.Part> parts, String sha256, LongConsumer moved)
            throws IOException {
        String id = begin(object, sha256);
        try {
            complete(object, id, moveAll(object, id, file, parts, moved));
        } catch (IOException | RuntimeException e) {
            abortAfter(object, id, e);
            throw e;
        }
    }

    private List<CompletedPart> moveAll(
            String object, String id, Content file, List<Parts.Part> parts, LongConsumer moved) throws IOException {
        ExecutorService movers = Executors.newFixedThreadPool(AT_ONCE, new DaemonThreads("s3-upload"));
        List<Future<CompletedPart>> moves = new ArrayList<>();
        try {
            for (Parts.Part part : parts) {
                int number = moves.size() + 1;
                moves.add(movers.submit(() -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(eTag(object, id, number, file, part))
                        .build()));
            }
            List<CompletedPart> there = new ArrayList<>();
            for (Parts.Part part : parts) {
                there.add(result(moves.get(there.size()), object));
                moved.accept(part.length());
            }
            return there;
        } finally {
            end(movers);
        }
    }

    private static CompletedPart result(Future<CompletedPart> move, String object) throws IOException {
        try {
            return move.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(object + ": interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IllegalStateException(object, e.getCause());
        }
    }

    /** Whoever aborts the upload next must be the last one to speak of it. */
    private static void end(ExecutorService movers) {
        movers.shutdownNow();
        boolean interrupted = false;
        try {
            while (!movers.awaitTermination(1, TimeUnit.MINUTES)) {
                log.warn("a part of an upload that was given up is still on its way");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    String begin(String object, String sha256) throws IOException {
        return Answers.of(
                        object,
                        () -> client.createMultipartUpload(ask -> ask.bucket(bucket.name())
                                .key(object)
                                .metadata(Map.of(Bucket.SHA256, sha256))
                                .overrideConfiguration(bucket.soon())))
                .uploadId();
    }

    void complete(String object, String id, List<CompletedPart> parts) throws IOException {
        Answers.of(
                object,
                () -> client.completeMultipartUpload(ask -> ask.bucket(bucket.name())
                        .key(object)
                        .uploadId(id)
                        .ifNoneMatch(overwrites ? null : "*")
                        .multipartUpload(all -> all.parts(parts))
                        // The server puts a part after the other together, and answers then.
                        .overrideConfiguration(bucket.sending(parts.size() * Parts.LEAST))));
    }

    private String eTag(String object, String id, int number, Content file, Parts.Part part) throws IOException {
        String source = part.source();
        if (source != null) {
            try {
                return client.uploadPartCopy(ask -> ask.sourceBucket(bucket.name())
                                .sourceKey(source)
                                .destinationBucket(bucket.name())
                                .destinationKey(object)
                                .uploadId(id)
                                .partNumber(number)
                                .overrideConfiguration(bucket.sending(part.length())))
                        .copyPartResult()
                        .eTag();
            } catch (S3Exception e) {
                // Gone, or a store that can't copy: it is only the shorter way.
                log.debug("sends what {} had: {}", source, e.getMessage());
            } catch (SdkException e) {
                throw Answers.of(object, e);
            }
        }
        return send(object, id, number, new Stretch(file, part.from(), part.length()));
    }

    String send(String object, String id, int number, Stretch stretch) throws IOException {
        String md5 = stretch.sums().md5();
        return Answers.of(
                object,
                () -> stretch.sent(body -> client.uploadPart(
                                ask -> ask.bucket(bucket.name())
                                        .key(object)
                                        .uploadId(id)
                                        .partNumber(number)
                                        .contentMD5(md5)
                                        .overrideConfiguration(bucket.sending(stretch.length())),
                                body))
                        .eTag());
    }

    /** What can't be aborted now is left to whoever looks for unfinished ones. */
    private void abortAfter(String object, String id, Exception reason) {
        boolean interrupted = Thread.interrupted();
        try {
            abort(object, id);
        } catch (IOException e) {
            reason.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Says nothing when there is no such upload, or no longer. */
    void abort(String object, String id) throws IOException {
        try {
            Answers.of(
                    object,
                    () -> client.abortMultipartUpload(ask ->
                            ask.bucket(bucket.name()).key(object).uploadId(id).overrideConfiguration(bucket.soon())));
        } catch (Answers.NotAsWasException e) {
            log.debug("{}", e.getMessage());
        }
    }

    /** Those whose object's name begins so. */
    List<MultipartUpload> begun(String prefix) throws IOException {
        return Answers.of(
                "unfinished uploads",
                () -> client
                        .listMultipartUploadsPaginator(
                                ask -> ask.bucket(bucket.name()).prefix(prefix).overrideConfiguration(bucket.soon()))
                        .uploads()
                        .stream()
                        .toList());
    }
}
