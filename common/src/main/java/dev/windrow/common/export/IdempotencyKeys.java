package dev.windrow.common.export;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Recognises starts that are asked for again. The same table as {@link Exports}: a key stands in the row of the export
 * that it started, so both are stored or neither, and whoever forgets the export forgets the key. Safe for use by many
 * threads and processes. All calls block for a short statement or two and throw {@link ExportsUnavailableException}.
 */
public interface IdempotencyKeys {
    /**
     * The key of a start.
     *
     * @param value 1 to 255 visible ASCII characters, unique among its owner's
     * @param digest the SHA-256, in hex, of what the start means
     */
    record Key(String value, String digest) {
        public Key {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(digest, "digest");
        }
    }

    /** An export, and the digest of the start that came with the key. */
    record Earlier(Export export, String digest) {}

    /**
     * Adds an export under a key. A key that was used no later than {@code freeBefore} is free again.
     *
     * @param export as {@link Export#queued} makes it
     * @return false: the key is taken, see {@link #find}
     */
    boolean insert(Export export, Key key, Instant freeBefore);

    /** What the key started after {@code since}. */
    Optional<Earlier> find(String owner, String key, Instant since);

    /**
     * The owner's completed exports of that dataset and format that ended at {@code since} or later and have not
     * expired, latest first.
     */
    List<Export> completed(String owner, ExportRequest like, Instant since, Instant now);
}
