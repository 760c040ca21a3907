package dev.windrow.common.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationContract;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.testkit.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

final class S3DestinationIT extends DestinationContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private S3Place place;

    @BeforeEach
    void makePlace() throws IOException {
        place = Buckets.place();
        Files.createDirectories(there());
    }

    /** More than one part. */
    @Override
    protected int length() {
        return 9_000_001;
    }

    @Override
    protected Path there() {
        return Buckets.shared().data().resolve(place.bucket()).resolve(place.prefix());
    }

    @Override
    protected Destination destination() {
        return new S3Destination(place);
    }

    @Test
    void hasAccessKeysOfItsOwn() throws IOException {
        new S3Destination(place, S3Server.ACCESS_KEY, S3Server.SECRET_KEY).put(parcel());

        assertIsThere();
        assertRefused(new S3Destination(place, S3Server.ACCESS_KEY, "wrong"), "the bucket refuses it");
    }

    @Test
    void saysWhyItCanNot() {
        URI endpoint = Buckets.shared().endpoint();
        assertRefused(
                new S3Destination(S3Place.of("s3://nobodys-bucket", endpoint, null, true)),
                "the bucket of this place is not there");
        assertRefused(
                new S3Destination(S3Place.of("s3://windrow", URI.create("http://127.0.0.1:1"), null, true)),
                "the bucket can't be reached");
    }

    @Test
    void givesUpUploadsOfItsOwnNamesAlone() throws IOException {
        try (S3Client client = S3Bucket.client(place, null)) {
            Upload upload = new Upload(new Bucket(client, place.bucket(), PATIENCE, 3));
            String ours = upload.begin(place.prefix() + NAME, parcel().sha256());
            String anothers = upload.begin(place.prefix() + "another's.zip", parcel().sha256());

            assertThat(sweep(2, Instant.EPOCH)).isZero();
            assertThat(upload.begun(place.prefix()))
                    .extracting(MultipartUpload::uploadId)
                    .contains(ours, anothers);
            assertThat(sweep(2, AFTER_ALL)).isOne();

            assertThat(upload.begun(place.prefix()))
                    .extracting(MultipartUpload::uploadId)
                    .containsExactly(anothers);
        }
    }

    private void assertRefused(Destination destination, String why) {
        assertThatThrownBy(() -> destination.put(parcel()))
                .isInstanceOf(DestinationException.class)
                .hasMessageStartingWith(why);
    }
}
