package dev.windrow.common.export;

import java.time.Instant;
import java.util.Objects;

/**
 * What the table says of a run: who has it, and until when that worker is believed alive.
 *
 * @param worker the instance that claimed it
 * @param losses how often in a row it was lost already, without a new checkpoint between
 */
public record Lease(Claim claim, String worker, Instant leaseUntil, int losses) {
    public Lease {
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(worker, "worker");
        Objects.requireNonNull(leaseUntil, "leaseUntil");
    }
}
