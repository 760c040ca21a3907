package dev.windrow.api.access.gate;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Which paths are read at all. */
final class Paths {
    private Paths() {}

    /**
     * Paths have the names of files in them, whatever these are, and are read by the same reader here and where
     * requests are sent to their routes; so they may hold what would be ambiguous otherwise.
     */
    static StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowSemicolon(true);
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowNull(true);
        // The routes say which methods they take, and read their headers and parameters with care themselves.
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        return firewall;
    }

    /** For a path that is not. */
    static ProblemException unread() {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST, "The path of the request is not one that is read here.");
    }
}
