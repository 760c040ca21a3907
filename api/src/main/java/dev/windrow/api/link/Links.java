package dev.windrow.api.link;

import dev.windrow.api.access.Caller;
import dev.windrow.api.archive.Archive;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes links, ends them, and says where they lead. Safe for use by many threads. */
final class Links {
    private final Exports exports;
    private final Reach reach;
    private final Archives archives;
    private final LinkKeys keys;
    private final Clock clock;
    private final Trail trail;

    /** @param clock says how long a link works, and whether its time is over */
    Links(Exports exports, Reach reach, Archives archives, LinkKeys keys, Clock clock, Trail trail) {
        this.exports = exports;
        this.reach = reach;
        this.archives = archives;
        this.keys = keys;
        this.clock = clock;
        this.trail = trail;
    }

    /** A link that was made; its token is a secret. */
    record Made(String token, Instant expiresAt) {}

    /** What a link leads to: an archive, or the file of that name in it, where the name is not empty. */
    record Target(Archive archive, String entry) {}

    /**
     * Makes a link, which works no longer than the archive is kept, and than the credentials hold that asked for it. It
     * is of the run and the epoch that the archive was looked up in.
     */
    Made make(Archive archive, String entry, Duration expiresIn, Caller caller, Actor actor) {
        Instant end = clock.instant().plus(expiresIn).truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = Stream.of(
                        end, archive.expires(), caller.credential().expires())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        LinkToken token = new LinkToken(archive.export(), archive.attempt(), archive.linkEpoch(), expiresAt, entry);
        // Whoever has it can use it: it is not given out before its making is known.
        trail.note(actor, Action.LINK, archive.origin().subject(), Amount.NONE);
        return new Made(token.sign(keys.signing()), expiresAt);
    }

    /** What the token leads to; ends the request where it is not ours, or leads nowhere any more. */
    Target follow(String token) {
        LinkToken link = LinkToken.parse(token, keys)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such link."));
        if (!link.expiresAt().isAfter(clock.instant())) {
            throw new ProblemException(ProblemType.EXPIRED, "The link's time is over; ask for a new one.");
        }
        return new Target(archive(link), link.entry());
    }

    /**
     * The archive that a link of its owner's leads to. Links of an earlier run or epoch lead nowhere, whatever there is
     * now.
     */
    private Archive archive(LinkToken link) {
        Export export = exports.find(link.export()).orElseThrow(ProblemException::noSuchExport);
        if (link.attempt() != export.attempt()) {
            throw new ProblemException(
                    ProblemType.EXPIRED, "The link is for an earlier run of this export; ask for a new one.");
        }
        if (link.epoch() != export.outcome().linkEpoch()) {
            throw new ProblemException(ProblemType.EXPIRED, "The link was withdrawn; ask for a new one.");
        }
        return archives.linked(export);
    }

    /**
     * Ends all links that were made until now of an export that the caller reaches, which may be in any state.
     *
     * @return the export's owner
     */
    String end(String idText, Caller caller, Actor actor) {
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        String owner = reach.owner(caller, id);
        Export export = exports.look(id, owner).orElseThrow(ProblemException::noSuchExport);
        boolean ended = trail.change(
                actor,
                Action.LINKS_ENDED,
                () -> exports.endLinks(id, owner),
                done -> done ? Optional.of(export) : Optional.empty());
        if (!ended) {
            throw ProblemException.noSuchExport();
        }
        return owner;
    }
}
