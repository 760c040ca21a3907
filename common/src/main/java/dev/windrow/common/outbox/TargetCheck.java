package dev.windrow.common.outbox;

import java.util.Map;
import java.util.Optional;

/** Says which targets of a kind a start may name. Safe for use by many threads; does not block. */
public interface TargetCheck {
    Target.Kind kind();

    /**
     * Why a start may not name that target.
     *
     * @param name as the start has it
     * @param claims of the caller's credentials
     * @return a sentence for the caller, which names nothing that he has not said himself; empty where he may
     */
    Optional<String> refusal(String name, Map<String, Object> claims);
}
