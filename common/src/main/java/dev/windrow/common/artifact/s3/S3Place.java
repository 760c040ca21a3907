package dev.windrow.common.artifact.s3;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is, and which part of it is ours. Immutable; holds no secret.
 *
 * @param bucket its name
 * @param prefix of every object's key of ours; empty, or ending with a slash
 * @param endpoint the address of the server; null for that of the region at AWS
 * @param region null for what the environment or the profile of the AWS SDK says
 * @param pathStyle whether the bucket is the first part of the path rather than of the host
 */
public record S3Place(
        String bucket,
        String prefix,
        @Nullable URI endpoint,
        @Nullable String region,
        boolean pathStyle) {
    private static final String SCHEME = "s3://";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/){0,9}");

    public S3Place {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(bucket + " is no name of a bucket: 3 to 63 of a-z, 0-9, dot and dash");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    prefix + " is no prefix: names of A-Z, a-z, 0-9, dot, dash and underscore with a slash after each");
        }
        if (endpoint != null && !isServer(endpoint)) {
            throw new IllegalArgumentException(
                    endpoint + " is no address of a server: say http:// or https://, a host, and a port if need be");
        }
    }

    /** Whether that is an address of a bucket at all. */
    public static boolean isAddress(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /**
     * Of an address {@code s3://bucket/prefix}.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static S3Place of(String url, @Nullable URI endpoint, @Nullable String region, boolean pathStyle) {
        if (!isAddress(url)) {
            throw new IllegalArgumentException(url + " is no address of a bucket: say s3://bucket/prefix");
        }
        String rest = url.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        return new S3Place(
                slash < 0 ? rest : rest.substring(0, slash),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
                endpoint,
                region,
                pathStyle);
    }

    /** Whether that is the address of a server and nothing else. */
    public static boolean isServer(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
