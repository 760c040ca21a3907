package dev.windrow.api.schedule;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Role;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Which schedules a caller reaches: the caller's own, and an administrator everybody's. Thread-safe. */
final class OwnSchedules {
    static final String OWNER = "owner";
    static final String EVERYBODY = "*";

    private final Schedules schedules;

    OwnSchedules(Schedules schedules) {
        this.schedules = schedules;
    }

    /**
     * The schedule of that name; ends the request for who may not know of it, as for none.
     *
     * @param request whose query may say whose it is
     */
    Schedule of(String name, Caller caller, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of(OWNER));
        query.check();
        String owner = owner(query, caller);
        Optional<Schedule> found = ScheduleRequest.isName(name) ? schedules.find(owner, name) : Optional.empty();
        return found.filter(schedule -> isFor(caller, schedule)).orElseThrow(OwnSchedules::none);
    }

    /** Whose schedules a request is about. */
    static String owner(QueryParameters query, Caller caller) {
        requireOwn(caller);
        String owner = query.value(OWNER).orElse(caller.name());
        // A caller whose own name is the word for everybody is not everybody.
        boolean isOwn = owner.equals(caller.name()) && !owner.equals(EVERYBODY);
        if (!isOwn && !caller.has(Role.ADMIN)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Somebody else's schedules are for callers with the role admin.");
        }
        return owner;
    }

    /** A token that was made for minutes has nothing to do with what goes on for years. */
    static void requireOwn(Caller caller) {
        if (caller.credential().kind() == Credential.Kind.MINTED) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Schedules are for callers with an API key or a token of an issuer, not with one that was made for a"
                            + " page.");
        }
    }

    /** Whether it is for these credentials to see. */
    static boolean isFor(Caller caller, Schedule schedule) {
        return caller.rights().isFor(schedule.plan().dataset());
    }

    static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such schedule.");
    }
}
