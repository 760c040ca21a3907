package dev.windrow.api.trail;

import dev.windrow.api.access.CallerArgumentResolver;
import dev.windrow.api.access.Role;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.export.ExportId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sees which requests were refused by rights, whoever refused them. */
final class RefusalFilter extends OncePerRequestFilter {
    private static final Pattern EXPORT = Pattern.compile("/api/v1/exports/([^/]+)(?:/.*)?");

    private final RefusalWatch watch;

    RefusalFilter(RefusalWatch watch) {
        this.watch = watch;
    }

    /** A request that had to wait is answered by the dispatch after that. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int status = 0;
        try {
            chain.doFilter(request, response);
            // One that waits has no answer yet; one whose body is read to its end beside the answer has.
            boolean waits = request.isAsyncStarted() && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST;
            status = waits ? 0 : response.getStatus();
        } catch (ProblemException e) {
            status = e.type().status();
            throw e;
        } finally {
            look(request, Trail.answered(request).map(Trail.Part::status).orElse(status));
        }
    }

    private void look(HttpServletRequest request, int status) {
        Subject subject = Trail.refused(request).or(() -> dataset(request)).orElse(null);
        if (status == ProblemType.FORBIDDEN.status()) {
            watch.refused(Trail.actor(request), ProblemType.FORBIDDEN, subject == null ? path(request) : subject);
        } else if (status == ProblemType.NOT_FOUND.status()) {
            Actor actor = Trail.actor(request);
            if (subject != null) {
                watch.refused(actor, ProblemType.NOT_FOUND, subject);
            } else if (isBounded(request)) {
                export(request).ifPresent(id -> watch.notFound(actor, id));
            }
        }
    }

    /** Whether somebody asked who has no right to everybody's exports. */
    private static boolean isBounded(HttpServletRequest request) {
        return CallerArgumentResolver.resolved(request)
                .filter(caller -> !caller.has(Role.ADMIN))
                .isPresent();
    }

    /** The dataset that was kept from the caller. */
    private static Optional<Subject> dataset(HttpServletRequest request) {
        return ProblemException.withheld(request).map(name -> new Subject(null, name, null));
    }

    private static Subject path(HttpServletRequest request) {
        return export(request).map(id -> new Subject(id.toString(), null, null)).orElse(Subject.NONE);
    }

    private static Optional<ExportId> export(HttpServletRequest request) {
        Optional<Trail.Part> part = Trail.answered(request);
        if (part.isPresent()) {
            return Optional.ofNullable(part.get().export());
        }
        Matcher path = EXPORT.matcher(request.getServletPath());
        return path.matches() ? ExportId.parse(path.group(1)) : Optional.empty();
    }
}
