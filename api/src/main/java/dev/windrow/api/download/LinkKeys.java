package dev.windrow.api.download;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The secrets of signed links: the first signs, and all are believed, so that a new one can take over. Immutable. */
public final class LinkKeys {
    private static final int MOST = 2;

    private final List<byte[]> keys;

    /** @param secrets one or two, of any text */
    public LinkKeys(List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > MOST || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("one or two secrets that are not blank");
        }
        keys = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    byte[] signing() {
        return keys.get(0);
    }

    List<byte[]> all() {
        return keys;
    }
}
