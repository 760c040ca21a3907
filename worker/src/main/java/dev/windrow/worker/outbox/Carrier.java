package dev.windrow.worker.outbox;

import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;

/** Takes messages of one kind to their targets. Safe for use by many threads. */
public interface Carrier {
    /** What it carries. */
    Target.Kind kind();

    /**
     * Carries a message once, which blocks for as long as that takes: the claim on the message is kept meanwhile. It
     * bounds its own time where nothing moves. Somebody may have carried it before without a trace, or does so at the
     * same time after a pause of this process: whoever gets it knows it by {@link Message#id}.
     *
     * @return what came of it; a target that is not known is {@link Outcome#again}, since another worker may have
     *     newer settings
     * @throws InterruptedException when the process is to end, or the claim was lost: no try is counted
     */
    Outcome carry(Message message) throws InterruptedException;

    /** How many messages are carried at once in this process, over all targets. */
    default int atOnce() {
        return 16;
    }

    /** How many of those to one target. */
    default int atOnceToOne() {
        return 2;
    }
}
