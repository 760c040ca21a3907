package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.artifact.Segments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A bucket of an S3-compatible store, for a process's whole life: its archives, its segments, addresses that are signed
 * for it. Access keys are found as the AWS SDK finds them. Thread-safe.
 */
public final class S3Bucket implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Of silence: a stream that brings nothing for so long is asked for again. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** What a worker asks; what a start asks, too, whose first requests load a thousand classes. */
    private static final Duration OF_RUNS = Duration.ofSeconds(30);

    private static final int TRIES = 4;
    private static final int PAGE = 1000;
    /** Where a server is named, its region mostly means nothing; but a request is signed for one. */
    private static final String ANY_REGION = "us-east-1";

    private final S3Place place;
    private final S3Client client;
    private final S3Presigner presigner;
    private final Bucket patient;
    private final ArtifactStore artifacts;

    /**
     * Asks the bucket whether archives can be kept in it; makes the object that holds its name where it is missing, and
     * leaves nothing else behind.
     *
     * @param patience how long looking for an artifact, beginning to read it and deleting it may take, all tries
     *     together: what a caller waits for. Everything else has half a minute a question, and more for what it sends
     * @param clock says which starts before were killed while they asked
     * @throws IOException when it is none to keep archives in, or can't be reached; the message has the mend
     */
    public static S3Bucket open(S3Place place, Duration patience, Clock clock) throws IOException {
        return open(place, patience, OF_RUNS, PAGE, clock);
    }

    static S3Bucket open(S3Place place, Duration patience, Duration ofRuns, int page, Clock clock) throws IOException {
        S3Client client = client(place);
        try {
            Bucket patient = new Bucket(client, place.bucket(), ofRuns, page);
            String name = name(place, patient, clock);
            return new S3Bucket(place, patient, new Bucket(client, place.bucket(), patience, page), name);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private S3Bucket(S3Place place, Bucket patient, Bucket ofCallers, String name) {
        this.place = place;
        this.client = patient.client();
        this.patient = patient;
        this.artifacts = new S3ArtifactStore(ofCallers, patient, place.prefix(), name);
        this.presigner = presigner(place, client);
    }

    private static String name(S3Place place, Bucket bucket, Clock clock) throws IOException {
        try {
            return Answers.of(place.toString(), () -> new Probe(bucket, place.prefix(), clock).name());
        } catch (S3RefusedException e) {
            throw new S3RefusedException(place + " can't keep archives: " + e.getMessage(), e);
        } catch (Answers.NoSuchBucketException e) {
            throw new S3RefusedException(
                    place + ": there is no such bucket; make it, or correct windrow.artifacts.url", e);
        } catch (AccessDeniedException e) {
            throw new S3RefusedException(
                    place + ": " + e.getReason() + "; the AWS SDK takes access keys from AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, a profile or the machine's role, and they need s3:ListBucket,"
                            + " s3:ListBucketMultipartUploads, s3:GetObject, s3:PutObject, s3:DeleteObject and"
                            + " s3:AbortMultipartUpload",
                    e);
        } catch (IOException e) {
            throw new S3RefusedException(
                    e.getMessage() + "; look at windrow.artifacts.s3.endpoint, .region and .path-style, and whether the"
                            + " server is up",
                    e);
        }
    }

    static S3Client client(S3Place place) throws IOException {
        return client(place, null);
    }

    /** @param credentials null for what the SDK finds */
    static S3Client client(S3Place place, @Nullable AwsCredentialsProvider credentials) throws IOException {
        try {
            S3ClientBuilder builder = S3Client.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT)
                            .socketTimeout(SILENCE))
                    .region(region(place))
                    .forcePathStyle(place.pathStyle())
                    // Checksums after the body in chunks of its own are Amazon's: what is sent has a Content-MD5.
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(S3Configuration.builder()
                            .chunkedEncodingEnabled(false)
                            .build())
                    .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(TRIES)
                            .build()));
            URI endpoint = place.endpoint();
            if (endpoint != null) {
                builder.endpointOverride(endpoint);
            }
            if (credentials != null) {
                builder.credentialsProvider(credentials);
            }
            return builder.build();
        } catch (SdkException e) {
            throw new S3RefusedException("no client for " + place + ": " + e.getMessage(), e);
        }
    }

    private static Region region(S3Place place) throws IOException {
        String region = place.region();
        if (region != null) {
            return Region.of(region);
        }
        if (place.endpoint() != null) {
            return Region.of(SdkSystemSetting.AWS_REGION.getStringValue().orElse(ANY_REGION));
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkException e) {
            throw new S3RefusedException(
                    place + ": nothing says in which region it is; set windrow.artifacts.s3.region, or"
                            + " windrow.artifacts.s3.endpoint for a server that is not Amazon's",
                    e);
        }
    }

    private static S3Presigner presigner(S3Place place, S3Client client) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .s3Client(client)
                .region(client.serviceClientConfiguration().region())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(place.pathStyle())
                        .build());
        URI endpoint = place.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    public ArtifactStore artifacts() {
        return artifacts;
    }

    public Segments segments() {
        return new S3Segments(patient, new KeptSegments(patient, place.prefix()));
    }

    public DirectLinks links() {
        return new S3Links(presigner, place.bucket(), S3ArtifactStore.folder(place.prefix()));
    }

    @Override
    public void close() {
        presigner.close();
        client.close();
    }
}
