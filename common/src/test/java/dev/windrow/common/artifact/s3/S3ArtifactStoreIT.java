package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.ArtifactStoreContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class S3ArtifactStoreIT extends ArtifactStoreContract {
    private final S3Place place = Buckets.place();
    private final List<S3Bucket> opened = new ArrayList<>();

    @Override
    protected ArtifactStore store() throws IOException {
        return open(place).artifacts();
    }

    @Override
    protected ArtifactStore another() throws IOException {
        return open(Buckets.place()).artifacts();
    }

    private S3Bucket open(S3Place where) throws IOException {
        S3Bucket bucket = Buckets.open(where);
        opened.add(bucket);
        return bucket;
    }

    @AfterEach
    void close() {
        opened.forEach(S3Bucket::close);
    }
}
