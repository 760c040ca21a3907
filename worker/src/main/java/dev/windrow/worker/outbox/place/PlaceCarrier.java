package dev.windrow.worker.outbox.place;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Target;
import dev.windrow.worker.outbox.Carrier;
import dev.windrow.worker.outbox.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies finished archives to places. Thread-safe. */
public final class PlaceCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(PlaceCarrier.class);
    /** A copy takes a disk's or a network's whole width. */
    private static final int AT_ONCE = 4;
    /** More than a place gets in the day for which a delivery is tried, but for the busiest. */
    private static final int MOST_SINCE = 1_000;

    private final Map<String, Place> places;
    private final Outbox outbox;
    private final Exports exports;
    private final ArtifactStore artifacts;
    private final Clock clock;

    /** @param places by their names in the settings */
    public PlaceCarrier(
            Map<String, Place> places, Outbox outbox, Exports exports, ArtifactStore artifacts, Clock clock) {
        this.places = Map.copyOf(places);
        this.outbox = outbox;
        this.exports = exports;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.PLACE;
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Outcome carry(Message message) throws InterruptedException {
        Place place = places.get(message.target().name());
        if (place == null) {
            return Outcome.again("the settings have no place of that name");
        }
        Export export = exports.find(message.about().export()).orElse(null);
        if (export == null) {
            return Outcome.stop("the export was deleted");
        }
        Artifact artifact = export.artifact();
        Instant finished = export.times().finished();
        if (export.state() != State.COMPLETED
                || export.isExpired(clock.instant())
                || artifact == null
                || finished == null) {
            return Outcome.stop("the archive is no longer there");
        }
        String name = place.names().of(export, finished);
        return place.overwrites() && message.standing().tries() > 0 && isOld(message, place, finished, name)
                ? Outcome.stop("a newer archive of that name is there")
                : carry(message, place, artifact, name);
    }

    /**
     * Whether a newer export's archive has come there under the name meanwhile. Asked where a try went before: the
     * first one after an end, or when somebody has it sent again, is what was asked for.
     */
    private boolean isOld(Message message, Place place, Instant finished, String name) {
        return outbox.doneSince(message.target(), message.standing().created(), MOST_SINCE).stream()
                .filter(id -> !id.equals(message.about().export()))
                .flatMap(id -> exports.find(id).stream())
                .anyMatch(other -> {
                    Instant end = other.times().finished();
                    return end != null
                            && end.isAfter(finished)
                            && place.names().of(other, end).equals(name);
                });
    }

    private Outcome carry(Message message, Place place, Artifact artifact, String name) throws InterruptedException {
        try {
            place.destination()
                    .put(new Destination.Parcel(
                            name,
                            message.id(),
                            artifact.bytes(),
                            artifact.sha256(),
                            () -> open(artifact.key()),
                            place.overwrites()));
            log.info(
                    "export {} was taken to {} as {}",
                    message.about().export(),
                    message.target().name(),
                    name);
            return Outcome.done(name);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            InterruptedException interrupted = new InterruptedException(String.valueOf(e.getMessage()));
            interrupted.initCause(e);
            throw interrupted;
        } catch (DestinationException e) {
            said(message, e);
            return e.isFinal() ? Outcome.stop(reason(e)) : Outcome.again(reason(e));
        } catch (IOException e) {
            said(message, e);
            return Outcome.again("the copy ended with an error; the log of the worker has it");
        }
    }

    /** An archive that can't be read is another thing than a place that can't be written to. */
    private SeekableByteChannel open(String key) throws IOException {
        try {
            return artifacts.open(key);
        } catch (NoSuchFileException e) {
            throw DestinationException.again("the archive is not in the store of this worker", e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw DestinationException.again("the archive can't be read", e);
        }
    }

    private static String reason(DestinationException e) {
        return String.valueOf(e.getMessage());
    }

    private static void said(Message message, IOException e) {
        // What lies below says more to an operator; where nothing does, the reason is a sentence of ours.
        String cause = e.getCause() == null ? e.getMessage() : String.valueOf(e.getCause());
        log.warn(
                "export {} was not taken to {}: {}",
                message.about().export(),
                message.target().name(),
                cause);
    }
}
