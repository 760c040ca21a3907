package dev.windrow.app.outbox;

import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.TargetCheck;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a start may have its archive taken: the places of the settings. Immutable. */
final class PlaceTargetCheck implements TargetCheck {
    private final Set<String> places;

    PlaceTargetCheck(Set<String> places) {
        this.places = Set.copyOf(places);
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.PLACE;
    }

    @Override
    public Optional<String> refusal(String name, Map<String, Object> claims) {
        return places.contains(name) ? Optional.empty() : Optional.of("is no place that this server takes archives to");
    }
}
