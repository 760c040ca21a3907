package dev.windrow.worker.outbox.place;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Target;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from places what deliveries have left there that were given up, were replaced or whose export was deleted.
 * Nothing is lost by it at any time: whoever delivers again begins anew. Belongs to one thread.
 */
public final class PlaceSweep implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PlaceSweep.class);
    /** A delivery is tried for little more than a day, and clocks of places may be wrong. */
    private static final Duration OLD = Duration.ofDays(7);

    private static final int MOST = 10_000;

    private final Map<String, Place> places;
    private final Outbox outbox;
    private final Exports exports;
    private final Clock clock;

    /** @param places by their names in the settings */
    public PlaceSweep(Map<String, Place> places, Outbox outbox, Exports exports, Clock clock) {
        this.places = Map.copyOf(places);
        this.outbox = outbox;
        this.exports = exports;
        this.clock = clock;
    }

    @Override
    public void run() {
        places.forEach(this::sweep);
    }

    private void sweep(String name, Place place) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        Instant before = clock.instant().minus(OLD);
        try {
            int removed = place.destination()
                    .sweep(new Destination.Leftovers(place.names().folders(), before, new GivenUp(name, place)));
            if (removed > 0) {
                log.info("{} copies that were given up half done are removed from {}", removed, name);
            }
        } catch (IOException e) {
            log.warn("{} can't be looked through for copies that were given up: {}", name, e.getMessage());
        }
    }

    /** Names of archives that were to come to a place; asked of the database when they are needed. */
    private final class GivenUp implements Predicate<String> {
        private final Target target;
        private final Place place;
        private @Nullable Set<String> names;

        GivenUp(String name, Place place) {
            this.target = Target.of(Target.Kind.PLACE, name);
            this.place = place;
        }

        @Override
        public boolean test(String name) {
            Set<String> known = names;
            if (known == null) {
                known = new HashSet<>();
                for (ExportId id : outbox.givenUp(target, MOST)) {
                    exports.find(id).flatMap(this::nameOf).ifPresent(known::add);
                }
                names = known;
            }
            return known.contains(name);
        }

        private Optional<String> nameOf(Export export) {
            Instant finished = export.times().finished();
            return finished == null
                    ? Optional.empty()
                    : Optional.of(place.names().of(export, finished));
        }
    }
}
