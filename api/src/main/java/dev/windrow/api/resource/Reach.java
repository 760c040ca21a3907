package dev.windrow.api.resource;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import java.util.Optional;

/**
 * Which exports a caller reaches: the caller's own, and an administrator everybody's. Every look at an export by its id
 * goes through here. Safe for use by many threads.
 */
public final class Reach {
    private final Exports exports;

    public Reach(Exports exports) {
        this.exports = exports;
    }

    /** The export of that id, as {@link Exports#look} gives it; empty for who may not know of it, as for none. */
    public Optional<Export> look(Caller caller, ExportId id) {
        Optional<Export> own =
                exports.look(id, caller.name()).filter(export -> caller.rights().areFor(export));
        return own.isPresent() || !caller.has(Role.ADMIN)
                ? own
                : exports.owner(id).flatMap(owner -> exports.look(id, owner));
    }

    /** In words, who it is that changes an export of that owner. */
    public static String who(Caller caller, String owner) {
        return caller.name().equals(owner) ? "its owner" : "an administrator";
    }

    /**
     * In whose name the caller may change the export: its owner's; the caller's own where it is gone. One that is out
     * of reach of the caller's credentials ends the request, as one that is not there.
     */
    public String owner(Caller caller, ExportId id) {
        if (caller.rights().isLimited() && look(caller, id).isEmpty()) {
            throw ProblemException.noSuchExport();
        }
        return caller.has(Role.ADMIN) ? exports.owner(id).orElse(caller.name()) : caller.name();
    }
}
