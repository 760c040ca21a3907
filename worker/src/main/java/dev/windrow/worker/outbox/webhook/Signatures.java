package dev.windrow.worker.outbox.webhook;

import dev.windrow.common.outbox.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The header {@code webhook-signature} (Standard Webhooks 1.0): over id, time and body, with dots between. */
final class Signatures {
    private Signatures() {}

    /**
     * @param seconds since the epoch, of this try
     * @param secrets of the target; where it has none, the key signs
     */
    static String of(String id, long seconds, String body, List<Secret> secrets, SigningKey key) {
        byte[] text = (id + '.' + seconds + '.' + body).getBytes(StandardCharsets.UTF_8);
        return secrets.isEmpty()
                ? "v1a," + base64(key.sign(text))
                : secrets.stream()
                        .map(secret -> "v1," + base64(secret.sign(text)))
                        .collect(Collectors.joining(" "));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
