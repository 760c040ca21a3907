package dev.windrow.common.artifact.sftp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where a folder of an SFTP server is. Immutable; holds no secret.
 *
 * @param user who logs in
 * @param host its name or address; an IPv6 address without brackets
 * @param port usually 22
 * @param folder an absolute path, or one that begins in the user's home; without a slash at its end
 */
public record SftpPlace(String user, String host, int port, String folder) {
    private static final String SCHEME = "sftp://";
    private static final int USUAL_PORT = 22;
    private static final String HOME = "/~";
    private static final String FORM = " is no address of a folder on a server: say sftp://user@host/path, or"
            + " sftp://user@host/~/path for one in the user's home; a password is windrow.deliveries.NAME.password";

    /** Whether that is an address of such a server at all. */
    public static boolean isAddress(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /**
     * Of an address {@code sftp://user@host:port/path}.
     *
     * @throws IllegalArgumentException with what is wrong with it, and without the text, which may hold a password
     */
    public static SftpPlace of(String url) {
        URI uri = parsed(url);
        String user = uri.getUserInfo();
        String path = uri.getPath();
        boolean isPlain = uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
        if (!isAddress(url) || !isPlain || user == null || user.isBlank() || user.contains(":") || path == null) {
            throw new IllegalArgumentException("it" + FORM);
        }
        List<String> parts = List.of(path.split("/"));
        if (parts.contains("..") || parts.contains(".") || path.isEmpty()) {
            throw new IllegalArgumentException("it" + FORM);
        }
        String host = uri.getHost();
        return new SftpPlace(
                user,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                folder(path));
    }

    private static URI parsed(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it" + FORM);
        }
    }

    private static String folder(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (plain.equals(HOME)) {
            return ".";
        }
        if (plain.startsWith(HOME + "/")) {
            return plain.substring(HOME.length() + 1);
        }
        return plain.equals("/") ? "" : plain;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return SCHEME + user + "@" + host + ":" + port + "/" + folder;
    }
}
