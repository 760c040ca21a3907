package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.request.Faults;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Target.Kind;
import dev.windrow.common.outbox.TargetCheck;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a start may have told, and where it may have its archive taken. Immutable. */
final class Telling {
    /** Of addresses: a start is no mailing list. */
    private static final int MOST = 10;

    private final Map<Kind, TargetCheck> checks = new EnumMap<>(Kind.class);

    /** @param checks one for each kind that this server has targets of; the others are refused */
    Telling(List<TargetCheck> checks) {
        checks.forEach(check -> this.checks.put(check.kind(), check));
    }

    List<Target> targets(StartRequest.Wishes wishes, Caller caller, Faults faults) {
        Set<Target> targets = new LinkedHashSet<>();
        add(targets, Kind.WEBHOOK, wishes.webhook(), "/notify/webhook", caller, faults);
        List<String> addresses = wishes.email() == null ? List.of() : wishes.email();
        if (addresses.size() > MOST) {
            faults.add("/notify/email", "must be at most " + MOST + " addresses");
        }
        for (int i = 0; i < Math.min(MOST, addresses.size()); i++) {
            add(targets, Kind.MAIL, addresses.get(i), Faults.pointer("notify", "email", i), caller, faults);
        }
        add(targets, Kind.PLACE, wishes.deliver(), "/deliver", caller, faults);
        return new ArrayList<>(targets);
    }

    private void add(
            Set<Target> targets, Kind kind, @Nullable String name, String pointer, Caller caller, Faults faults) {
        if (name == null) {
            return;
        }
        TargetCheck check = checks.get(kind);
        if (check == null) {
            faults.add(pointer, "can't be any: this server has none");
            return;
        }
        check.refusal(name, caller.rights().claims())
                .ifPresentOrElse(why -> faults.add(pointer, why), () -> targets.add(new Target(kind, name, null)));
    }
}
