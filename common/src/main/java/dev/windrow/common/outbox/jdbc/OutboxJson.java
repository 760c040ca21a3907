package dev.windrow.common.outbox.jdbc;

import dev.windrow.common.outbox.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What columns hold as JSON. What a later version has put in beside is passed over. */
final class OutboxJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private OutboxJson() {}

    static String write(List<Target> targets) {
        return MAPPER.writeValueAsString(targets.stream()
                .map(target -> new Told(target.kind().id(), target.name(), target.language()))
                .toList());
    }

    static List<Target> targets(@Nullable String json) {
        return json == null
                ? List.of()
                : read(json, new TypeReference<List<Told>>() {}).stream()
                        .flatMap(told -> told.target().stream())
                        .toList();
    }

    /** The SHA-256 that a column {@code artifact} tells. */
    static String digest(String artifact) {
        return read(artifact, new TypeReference<Digested>() {}).sha256();
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new IllegalStateException("A row holds JSON that does not fit " + type.getType(), e);
        }
    }

    private record Told(String kind, String name, @Nullable String language) {
        Optional<Target> target() {
            return Target.Kind.of(kind).map(known -> new Target(known, name, language));
        }
    }

    private record Digested(String sha256) {}
}
