package dev.windrow.api.access;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.util.Locale;
import java.util.Optional;

/**
 * What a caller may do, in Windrow's own words. Other words among a caller's roles are names of groups, which the
 * catalog's {@code access.roles} and {@code mask} go by.
 */
public enum Role {
    /** Start, see, end and download one's own exports; what a key without roles has. */
    EXPORT,
    /** See and download one's own exports. */
    READ,
    /** Make tokens for others. */
    MINT,
    /** Ask for the service's metrics. */
    METRICS,
    /** See and end everybody's exports, and read the audit; has the other roles too, but for {@link #MINT}. */
    ADMIN;

    /** The word in settings, tokens and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word; empty for the name of a group. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** The answer to who has not the role where it is needed. */
    public ProblemException missing() {
        return new ProblemException(
                ProblemType.FORBIDDEN,
                "This needs the role " + word()
                        + ", which the credentials do not give. Ask whoever gave them for others.");
    }

    /** Whether who has this role has the other too. */
    boolean includes(Role other) {
        return this == other || this == EXPORT && other == READ || this == ADMIN && other != MINT;
    }
}
