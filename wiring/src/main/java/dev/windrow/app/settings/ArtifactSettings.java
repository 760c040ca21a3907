package dev.windrow.app.settings;

import dev.windrow.common.artifact.s3.S3Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where archives are kept, and how they are given.
 *
 * @param url a folder, {@code file:} or {@code s3://bucket/prefix}; null for the folder in the home
 * @param serve whether callers get archives through this process
 * @param segment with a bucket: how much a worker has written when it goes there
 */
public record ArtifactSettings(
        @SettingText(value = "where archives are kept: a folder, or s3://bucket/prefix", otherwise = "in the home")
        @Nullable String url,

        @DefaultValue("proxy")
        @SettingText("proxy, or redirect: with a bucket, downloads are answered with a signed address of its own")
        Serve serve,

        @DefaultValue("8MB") @SettingText("with a bucket: what a worker has written goes there once it is so much")
        DataSize segment,

        @DefaultValue S3 s3) {
    /** S3 takes no part of an upload that is smaller, but for the last. */
    private static final DataSize LEAST_SEGMENT = DataSize.ofMegabytes(5);

    private static final DataSize MOST_SEGMENT = DataSize.ofGigabytes(1);
    /** At least two letters: one is a drive. */
    static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]{1,20}:.*", Pattern.DOTALL);

    /** How a caller gets an archive. */
    public enum Serve {
        PROXY,
        REDIRECT
    }

    /**
     * @param endpoint null for Amazon's
     * @param region null for what the AWS SDK finds
     * @param pathStyle null for what is usual at the endpoint
     */
    public record S3(
            @SettingText(value = "the address of the bucket's server: https://s3.example", otherwise = "Amazon's")
            @Nullable String endpoint,

            @SettingText(value = "the bucket's region", otherwise = "as the AWS SDK finds it") @Nullable String region,

            @SettingText(
                    value = "whether the bucket's name goes into the path of addresses",
                    otherwise = "true with an endpoint")
            @Nullable Boolean pathStyle) {}

    public ArtifactSettings {
        url = url == null || url.isBlank() ? null : url.strip();
        if (segment.compareTo(LEAST_SEGMENT) < 0 || segment.compareTo(MOST_SEGMENT) > 0) {
            throw new IllegalArgumentException(
                    "windrow.artifacts.segment is " + segment + "; say a size from 5MB to 1GB");
        }
        if (url != null && S3Place.isAddress(url)) {
            var unused = place(url, s3);
        } else {
            if (url != null) {
                var unused = path(url);
            }
            refuseWithoutBucket("endpoint", s3.endpoint());
            refuseWithoutBucket("region", s3.region());
            refuseWithoutBucket("path-style", s3.pathStyle());
            if (serve == Serve.REDIRECT) {
                throw new IllegalArgumentException(
                        "windrow.artifacts.serve is redirect, and a folder has no addresses to redirect to; say proxy,"
                                + " or set windrow.artifacts.url to s3://bucket/prefix");
            }
        }
    }

    private static void refuseWithoutBucket(String name, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException("windrow.artifacts.s3." + name
                    + " is set, but no bucket: set windrow.artifacts.url to s3://bucket/prefix, or take it away");
        }
    }

    /** The bucket; empty where archives are in a folder. */
    public Optional<S3Place> bucket() {
        return url != null && S3Place.isAddress(url) ? Optional.of(place(url, s3)) : Optional.empty();
    }

    /** The folder; empty where archives are in a bucket or in the home. */
    public Optional<Path> folder() {
        return url == null || S3Place.isAddress(url) ? Optional.empty() : Optional.of(path(url));
    }

    private static S3Place place(String url, S3 s3) {
        String region = s3.region();
        if (region != null && !region.matches("[A-Za-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "windrow.artifacts.s3.region is " + region + "; say a region such as eu-central-1");
        }
        URI endpoint = endpoint(s3.endpoint());
        Boolean pathStyle = s3.pathStyle();
        try {
            return S3Place.of(url, endpoint, region, pathStyle == null ? endpoint != null : pathStyle);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("windrow.artifacts.url: " + e.getMessage());
        }
    }

    private static @Nullable URI endpoint(@Nullable String text) {
        URI endpoint = text == null ? null : parsed(text);
        if (text != null && (endpoint == null || !S3Place.isServer(endpoint))) {
            // Without the text, which may hold what is secret.
            throw new IllegalArgumentException(
                    "windrow.artifacts.s3.endpoint is no address of a server: say http:// or https://, a host, and a"
                            + " port if need be; access keys are not part of it");
        }
        return endpoint;
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static Path path(String url) {
        if (!SCHEME.matcher(url).matches()) {
            return Path.of(url);
        }
        if (!url.startsWith("file:")) {
            throw new IllegalArgumentException("windrow.artifacts.url is of a kind that archives can't be kept in; say"
                    + " a folder, or s3://bucket/prefix");
        }
        URI file = parsed(url);
        boolean isLocal = file != null && !file.isOpaque() && file.getAuthority() == null && file.getPath() != null;
        if (file == null || !isLocal || file.getQuery() != null || file.getFragment() != null) {
            throw new IllegalArgumentException("windrow.artifacts.url names no folder; say a path, or file:///path");
        }
        return Path.of(file);
    }
}
