package dev.windrow.api.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The secrets of signed links: the first signs, and all are believed, so that a new one can take over. Immutable. */
public final class LinkKeys {
    private static final int MOST = 2;
    /**
     * As many as the signatures have. With fewer, who has one link could find the secret by trying, and make links to
     * everything.
     */
    private static final int LEAST_BYTES = 32;

    private final List<LinkKey> keys;

    /**
     * @param secrets one or two, the new one first
     * @throws IllegalArgumentException for others, and for one that is short; without its text
     */
    public LinkKeys(List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > MOST) {
            throw new IllegalArgumentException(
                    "windrow.links.secret takes one secret, or two: the new one, and the one before it; without commas in them");
        }
        keys = secrets.stream().map(LinkKeys::key).toList();
    }

    private static LinkKey key(String secret) {
        byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException("windrow.links.secret is too short: whoever has a link could find it by"
                    + " trying. Take at least " + LEAST_BYTES + " bytes, such as what `openssl rand -hex 32` prints");
        }
        return new LinkKey(bytes);
    }

    /** Signs new links. */
    LinkKey signing() {
        return keys.get(0);
    }

    /** The key of that number whose signature this is. */
    Optional<LinkKey> signer(byte number, byte[] signed, byte[] signature) {
        return keys.stream()
                .filter(key -> key.number() == number)
                .filter(key -> key.hasSigned(signed, signature))
                .findFirst();
    }
}
