package dev.windrow.worker.outbox;

import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.outbox.Message.Event;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox.Draft;
import dev.windrow.common.outbox.Target;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Who is told of what: makes messages of notes. Immutable. */
public final class Addressing {
    /** What a webhook is told of where its settings do not say. */
    public static final Set<String> USUAL = Set.of(Event.COMPLETED, Event.FAILED);

    /** Every type of event that a webhook may be told of. */
    public static final Set<String> ALL =
            Set.of(Event.COMPLETED, Event.FAILED, Event.CANCELLED, Event.EXPIRED, Event.DELIVERY_FAILED);

    private static final Set<String> OF_MAILS = USUAL;
    /** There is something to take there. */
    private static final Set<String> OF_PLACES = Set.of(Event.COMPLETED);

    private static final int ID_CHARACTERS = 32;

    private final Map<String, Subscription> webhooks;
    private final Payloads payloads;

    /**
     * What a webhook of the settings is told.
     *
     * @param events their types
     * @param everybodys whether of every export, or of those alone whose start names it
     */
    public record Subscription(Set<String> events, boolean everybodys) {
        public Subscription {
            events = Set.copyOf(events);
        }
    }

    /**
     * @param webhooks of the settings, by their names
     * @param address by which Windrow is reached, as {@code https://example.com/exports}; empty where it is not known,
     *     and links have no host
     */
    public Addressing(Map<String, Subscription> webhooks, String address) {
        this.webhooks = Map.copyOf(webhooks);
        this.payloads = new Payloads(address);
    }

    List<Draft> of(Note note) {
        Map<String, Target> targets = new LinkedHashMap<>();
        Stream.concat(note.tell().stream().filter(target -> hears(target, note)), subscribers(note))
                .filter(target -> !isTheFailedOne(target, note))
                .forEach(target -> targets.putIfAbsent(id(note, target), target));
        if (targets.isEmpty()) {
            return List.of();
        }
        String payload = payloads.of(note);
        return targets.entrySet().stream()
                .map(target -> new Draft(target.getKey(), target.getValue(), payload))
                .toList();
    }

    private boolean hears(Target target, Note note) {
        return events(target).contains(note.happening().type());
    }

    private Set<String> events(Target target) {
        return switch (target.kind()) {
            case WEBHOOK -> {
                Subscription settings = webhooks.get(target.name());
                yield settings == null ? USUAL : settings.events();
            }
            case MAIL -> OF_MAILS;
            case PLACE -> OF_PLACES;
        };
    }

    private Stream<Target> subscribers(Note note) {
        return webhooks.entrySet().stream()
                .filter(webhook -> webhook.getValue().everybodys()
                        && webhook.getValue().events().contains(note.happening().type()))
                .map(Map.Entry::getKey)
                .sorted()
                .map(name -> Target.of(Target.Kind.WEBHOOK, name));
    }

    /** Whoever can't be reached is not told so. */
    private static boolean isTheFailedOne(Target target, Note note) {
        Note.FailedDelivery failed = note.failed();
        return failed != null
                && Objects.equals(failed.kind(), target.kind().id())
                && Objects.equals(failed.target(), target.name());
    }

    private static String id(Note note, Target target) {
        String text = note.id() + '\n' + target.kind().id() + '\n' + target.name();
        return "msg_" + Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_CHARACTERS);
    }
}
