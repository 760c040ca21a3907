package dev.windrow.common.artifact.sftp;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How Windrow and a server know each other.
 *
 * @param knownHosts a file as OpenSSH's {@code known_hosts}: a server that is not in it is not spoken to
 * @param password null for none
 * @param key a file with a private key, in OpenSSH's form or as PEM; null for none
 * @param passphrase of that key; null for none
 */
public record SftpLogin(
        Path knownHosts,
        @Nullable String password,
        @Nullable Path key,
        @Nullable String passphrase) {
    /** Without the secrets. */
    @Override
    public String toString() {
        return key == null ? "password" : "key";
    }
}
