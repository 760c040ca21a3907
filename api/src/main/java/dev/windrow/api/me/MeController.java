package dev.windrow.api.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CallerLimits;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are, what they may do, and until when; and administrators which keys there are. */
@RestController
final class MeController {
    private final JsonAnswers json;
    private final CallerLimits limits;
    private final @Nullable ApiKeys keys;

    MeController(JsonAnswers json, CallerLimits limits, @Nullable ApiKeys keys) {
        this.json = json;
        this.limits = limits;
        this.keys = keys;
    }

    @GetMapping(path = "/api/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> me(Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        Credential credential = caller.credential();
        boolean byKey = credential.kind() == Credential.Kind.API_KEY;
        return json.fresh(
                request,
                new MeView(
                        caller.name(),
                        caller.rights().roles().stream().sorted().toList(),
                        sorted(caller),
                        text(credential.expires()),
                        limits.of(caller),
                        byKey ? new KeyView(credential.name(), lastUsed(caller)) : null,
                        keys != null && caller.has(Role.ADMIN) ? all(keys) : null));
    }

    private static @Nullable List<String> sorted(Caller caller) {
        return caller.rights().datasets() == null
                ? null
                : caller.rights().datasets().stream().sorted().toList();
    }

    /** Of the key that the caller shows; several of one name and principal are told apart by nobody. */
    private @Nullable String lastUsed(Caller caller) {
        if (keys == null) {
            return null;
        }
        ApiKeys known = keys;
        return known.all().stream()
                .filter(key -> key.name().equals(caller.credential().name())
                        && key.principal().equals(caller.name()))
                .flatMap(key -> known.lastUsed(key).stream())
                .max(Comparator.naturalOrder())
                .map(Objects::toString)
                .orElse(null);
    }

    private static List<ListedKey> all(ApiKeys keys) {
        return keys.all().stream()
                .map(key -> new ListedKey(
                        key.name(),
                        key.principal(),
                        text(key.expires()),
                        text(keys.lastUsed(key).orElse(null))))
                .toList();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private record MeView(
            String name,
            List<String> roles,
            @Nullable List<String> datasets,
            @Nullable String expiresAt,
            Object limits,
            @Nullable KeyView key,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ListedKey> keys) {}

    private record KeyView(String name, @Nullable String lastUsed) {}

    private record ListedKey(
            String name,
            String principal,
            @Nullable String expires,
            @Nullable String lastUsed) {}
}
