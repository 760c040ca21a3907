package dev.windrow.api.link;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.web.util.UriUtils;

/**
 * Makes links to archives that nobody has asked for by a request: those that are sent to an export's owner. They end as
 * all others do. Thread-safe.
 */
public final class SignedLinks {
    private final LinkKeys keys;
    private final String base;
    private final Clock clock;

    /** @param base by which people reach Windrow, without a slash at its end */
    public SignedLinks(LinkKeys keys, String base, Clock clock) {
        this.keys = keys;
        this.base = base;
        this.clock = clock;
    }

    /** An address that works for as long as the archive is kept, and no longer than a link may; empty without one. */
    public Optional<String> to(Export export) {
        Instant expires = export.times().expires();
        Instant now = clock.instant();
        if (export.state() != State.COMPLETED || expires == null || !expires.isAfter(now)) {
            return Optional.empty();
        }
        Instant longest = now.plus(LinkRequest.LONGEST);
        LinkToken token = new LinkToken(
                export.id(),
                export.attempt(),
                export.outcome().linkEpoch(),
                (expires.isBefore(longest) ? expires : longest).truncatedTo(ChronoUnit.SECONDS),
                "");
        return Optional.of(base + LinkController.LINKS + "/" + token.sign(keys.signing()) + "/"
                + UriUtils.encode(export.request().fileName(), StandardCharsets.UTF_8));
    }
}
