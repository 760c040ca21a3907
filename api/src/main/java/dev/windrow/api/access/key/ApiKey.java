package dev.windrow.api.access.key;

import dev.windrow.api.access.Rights;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key. Immutable.
 *
 * @param name by which people speak of it; not blank, at most 200 characters, no control characters
 * @param sha256 of the key, in hex
 * @param principal whose exports it starts and sees; as the name
 * @param rights what it gives
 * @param notBefore when it begins; null for at once
 * @param expires when it ends; null for never
 */
public record ApiKey(
        String name,
        String sha256,
        String principal,
        Rights rights,
        @Nullable Instant notBefore,
        @Nullable Instant expires) {
    private static final int MOST_CHARACTERS = 200;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    /** Nobody reads these; and what is invisible can make two names look alike. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** @throws IllegalArgumentException saying which part does not fit, and what would */
    public ApiKey {
        sha256 = sha256.strip().toLowerCase(Locale.ROOT);
        Objects.requireNonNull(rights, "rights");
        checkName("name", name);
        checkName("principal", principal);
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "sha256 is not the SHA-256 of a key: 64 hexadecimal digits, as sha256sum writes them. The key itself"
                            + " must not stand here");
        }
        if (notBefore != null && expires != null && !notBefore.isBefore(expires)) {
            throw new IllegalArgumentException("not-before is not before expires, so that the key never holds");
        }
    }

    private static void checkName(String field, String value) {
        if (value.isBlank() || value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(field + " must have 1 to " + MOST_CHARACTERS + " characters");
        } else if (INVISIBLE.matcher(value).find()) {
            throw new IllegalArgumentException(field + " has control or invisible characters; remove them");
        }
    }

    /** Without the hash, which is no secret, but nobody's business. */
    @Override
    public String toString() {
        return "key " + name;
    }
}
