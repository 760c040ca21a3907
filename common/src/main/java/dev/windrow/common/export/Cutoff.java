package dev.windrow.common.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to an export, fixed once before its first row is read: rows that come later are not in it.
 *
 * @param asOf the moment, to the millisecond; entries of the archive carry it as their time
 * @param bounds for each file of the dataset, the source's position of its last row; null for a file without rows
 * @param keys what tells the queries and keys apart that the bounds are positions in: others make nothing of them. Null
 *     in one from before that was kept: nobody knows
 */
public record Cutoff(
        Instant asOf,
        List<@Nullable String> bounds,
        @Nullable String keys) {
    /** One from before keys were told apart. */
    public Cutoff(Instant asOf, List<@Nullable String> bounds) {
        this(asOf, bounds, null);
    }

    public Cutoff {
        Objects.requireNonNull(asOf, "asOf");
        bounds = Collections.unmodifiableList(new ArrayList<>(bounds));
    }
}
