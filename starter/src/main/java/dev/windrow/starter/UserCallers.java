package dev.windrow.starter;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.claim.PrincipalNames;
import dev.windrow.api.access.gate.ApplicationCallers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The application's users as callers: by the name of the request's principal, whoever has set it there. An authority
 * is the name of a group to the catalog; it gives a role of Windrow's by the settings alone, so that an authority that
 * happens to be called {@code admin} does not show everybody's exports. Safe for use by many threads.
 */
final class UserCallers implements ApplicationCallers {
    private static final String PREFIX = "ROLE_";
    private static final Credential APPLICATION = new Credential(Credential.Kind.APPLICATION, "", null);

    private final EmbeddedSettings settings;

    UserCallers(EmbeddedSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Caller> of(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        String name = user == null ? settings.anonymous() : user.getName();
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        if (isNoName(user, name)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The application's object for this user has no name: what its toString() says may differ at the next"
                            + " sign-in, and tell what it should not. Have it be a UserDetails or a Principal.");
        }
        if (!PrincipalNames.isOne(name)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The application's name for this user is longer than " + PrincipalNames.MOST
                            + " characters, or has some that can't be seen: no exports can be kept under it.");
        }
        Rights rights = new Rights(words(request, user), null, Map.of(), Allowance.USUAL, Terms.NONE);
        return Optional.of(new Caller(name, rights, APPLICATION));
    }

    /** What Spring Security falls back to for an object of a class that it does not know. */
    private static boolean isNoName(@Nullable Principal user, String name) {
        if (!(user instanceof Authentication authentication)) {
            return false;
        }
        Object who = authentication.getPrincipal();
        boolean known = who instanceof String
                || who instanceof UserDetails
                || who instanceof AuthenticatedPrincipal
                || who instanceof Principal;
        return !known && name.equals(String.valueOf(who));
    }

    private Set<String> words(HttpServletRequest request, @Nullable Principal user) {
        Set<String> words = new HashSet<>();
        if (user instanceof Authentication authentication) {
            for (GrantedAuthority authority : authentication.getAuthorities()) {
                String name = authority.getAuthority();
                if (name != null) {
                    words.add(name);
                    words.add(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
                }
            }
        }
        words.removeIf(word -> word.isBlank() || Role.of(word).isPresent());
        settings.roles().forEach((role, given) -> {
            if (has(request, user, role)) {
                words.addAll(given);
            }
        });
        words.addAll(settings.everybody());
        return words;
    }

    private static boolean has(HttpServletRequest request, @Nullable Principal user, String role) {
        if (user instanceof Authentication authentication) {
            List<String> names = authentication.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .toList();
            return names.contains(role) || names.contains(PREFIX + role);
        }
        return user != null && request.isUserInRole(role);
    }
}
