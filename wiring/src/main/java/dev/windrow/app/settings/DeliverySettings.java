package dev.windrow.app.settings;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.disk.FolderDestination;
import dev.windrow.common.artifact.s3.S3Destination;
import dev.windrow.common.artifact.s3.S3Place;
import dev.windrow.common.artifact.sftp.SftpDestination;
import dev.windrow.common.artifact.sftp.SftpLogin;
import dev.windrow.common.artifact.sftp.SftpPlace;
import dev.windrow.worker.outbox.place.NamePattern;
import dev.windrow.worker.outbox.place.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A place that archives are copied to. What is needed depends on the url's kind, and what belongs to another kind is
 * refused.
 *
 * @param url a folder, {@code file:}, {@code s3://bucket/prefix} or {@code sftp://user@host/path}
 * @param pattern how archives are named there, as {@link NamePattern} reads it
 * @param overwrite whether an archive takes the place of another file of its name
 */
public record DeliverySettings(
        @Nullable String url,
        @DefaultValue(NamePattern.USUAL) String pattern,
        @DefaultValue("false") boolean overwrite,
        @DefaultValue S3 s3,
        @DefaultValue Sftp sftp) {
    /**
     * As in {@link ArtifactSettings.S3}, and access keys of this bucket's own.
     *
     * @param accessKey null for what the AWS SDK finds
     */
    public record S3(
            @Nullable String endpoint,
            @Nullable String region,
            @Nullable Boolean pathStyle,
            @Nullable String accessKey,
            @Nullable String secretKey) {
        /** Without the secret. */
        @Override
        public String toString() {
            return String.valueOf(endpoint);
        }

        private boolean isEmpty() {
            return endpoint == null && region == null && pathStyle == null && accessKey == null && secretKey == null;
        }
    }

    /** As {@link SftpLogin} has it. */
    public record Sftp(
            @Nullable Path knownHosts,
            @Nullable String password,
            @Nullable Path key,
            @Nullable String passphrase) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return String.valueOf(knownHosts);
        }

        private boolean isEmpty() {
            return knownHosts == null && password == null && key == null && passphrase == null;
        }
    }

    /** @throws IllegalArgumentException as {@link #place} has it */
    void require(String name) {
        var unused = place(name);
    }

    /**
     * The place; asks nobody.
     *
     * @throws IllegalArgumentException with the setting that is wrong, and how to mend it
     */
    public Place place(String name) {
        String prefix = "windrow.deliveries." + name;
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    prefix + " is no name of a place: say letters, digits, dots, dashes and underscores, at most 64");
        }
        return new Place(destination(prefix), names(prefix), overwrite);
    }

    private NamePattern names(String prefix) {
        try {
            return new NamePattern(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + ".pattern " + e.getMessage());
        }
    }

    private Destination destination(String prefix) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    prefix + ".url is missing; say a folder, s3://bucket/prefix or sftp://user@host/path");
        }
        boolean isBucket = S3Place.isAddress(url);
        boolean isServer = SftpPlace.isAddress(url);
        if (!isBucket && !s3.isEmpty() || !isServer && !sftp.isEmpty()) {
            throw new IllegalArgumentException(prefix + " has " + (isServer || s3.isEmpty() ? "sftp" : "s3")
                    + " settings, and its url is of another kind; take them away");
        }
        if (isServer) {
            return server(prefix, url);
        }
        return isBucket ? bucket(prefix, url) : new FolderDestination(folder(prefix, url));
    }

    private Destination bucket(String prefix, String address) {
        URI endpoint = s3.endpoint() == null ? null : uri(s3.endpoint());
        if (s3.endpoint() != null && (endpoint == null || !S3Place.isServer(endpoint))) {
            throw new IllegalArgumentException(prefix + ".s3.endpoint is no address of a server: say http:// or"
                    + " https://, a host, and a port if need be");
        }
        if ((s3.accessKey() == null) != (s3.secretKey() == null)) {
            throw new IllegalArgumentException(prefix
                    + ".s3.access-key and .secret-key go together; set both, or none for what the AWS SDK finds");
        }
        try {
            boolean pathStyle = s3.pathStyle() == null ? endpoint != null : s3.pathStyle();
            S3Place place = S3Place.of(address, endpoint, s3.region(), pathStyle);
            return s3.accessKey() == null || s3.secretKey() == null
                    ? new S3Destination(place)
                    : new S3Destination(place, s3.accessKey(), s3.secretKey());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + ".url: " + e.getMessage());
        }
    }

    private Destination server(String prefix, String address) {
        Path knownHosts = sftp.knownHosts();
        if (knownHosts == null) {
            throw new IllegalArgumentException(prefix + ".sftp.known-hosts is missing: a file as `ssh-keyscan HOST`"
                    + " prints, by which the server is known");
        }
        if (sftp.password() == null && sftp.key() == null) {
            throw new IllegalArgumentException(
                    prefix + ".sftp.password and .key are missing; set one of them: a password, or a file with a key");
        }
        try {
            return new SftpDestination(
                    SftpPlace.of(address), new SftpLogin(knownHosts, sftp.password(), sftp.key(), sftp.passphrase()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + ".url: " + e.getMessage());
        }
    }

    private static Path folder(String prefix, String address) {
        if (!ArtifactSettings.SCHEME.matcher(address).matches()) {
            return Path.of(address);
        }
        URI file = uri(address);
        boolean isFolder = file != null
                && "file".equals(file.getScheme())
                && file.getAuthority() == null
                && file.getPath() != null
                && file.getQuery() == null
                && file.getFragment() == null;
        if (file == null || !isFolder) {
            throw new IllegalArgumentException(prefix
                    + ".url is of no kind that there is; say a folder, s3://bucket/prefix or sftp://user@host/path");
        }
        return Path.of(file);
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
