package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.DirectLinks;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Addresses that are signed with the access keys of this process. Thread-safe. */
final class S3Links implements DirectLinks {
    private final S3Presigner presigner;
    private final String bucket;
    private final String folder;

    S3Links(S3Presigner presigner, String bucket, String folder) {
        this.presigner = presigner;
        this.bucket = bucket;
        this.folder = folder;
    }

    @Override
    public Optional<URI> to(String key, Headers headers, Duration valid) throws IOException {
        return Answers.of(
                key,
                () -> Optional.of(URI.create(presigner
                        .presignGetObject(sign -> sign.signatureDuration(valid)
                                .getObjectRequest(get -> get.bucket(bucket)
                                        .key(folder + key)
                                        .responseContentType(headers.contentType())
                                        .responseContentDisposition(headers.contentDisposition())
                                        .responseCacheControl(headers.cacheControl())))
                        .url()
                        .toString())));
    }
}
