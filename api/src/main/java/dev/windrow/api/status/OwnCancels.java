package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.launch.Cancels;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the exports that a caller reaches. Safe for use by many threads. */
final class OwnCancels implements Cancels {
    private static final Logger log = LoggerFactory.getLogger(OwnCancels.class);

    private final Exports exports;
    private final Reach reach;
    private final Clock clock;
    private final ExportJson json;
    private final Trail trail;

    OwnCancels(Exports exports, Reach reach, Clock clock, ExportJson json, Trail trail) {
        this.exports = exports;
        this.reach = reach;
        this.clock = clock;
        this.json = json;
        this.trail = trail;
    }

    @Override
    public Cancelled cancel(Caller caller, ExportId id, Actor actor) {
        String owner = reach.owner(caller, id);
        Export seen = exports.look(id, owner).orElseThrow(ProblemException::noSuchExport);
        boolean won = trail.change(
                actor,
                Action.CANCEL,
                () -> exports.cancel(id, owner, clock.instant()),
                done -> done ? Optional.of(seen) : Optional.empty());
        Export export = exports.look(id, owner).orElseThrow(ProblemException::noSuchExport);
        if (won) {
            log.info("export {} cancelled by {}", id, Reach.who(caller, owner));
        } else if (export.state() != State.CANCELLED) {
            throw new ProblemException(
                    ProblemType.NOT_ACTIVE,
                    "The export is " + json.state(export).id() + ".");
        }
        return new Cancelled(export, won);
    }
}
