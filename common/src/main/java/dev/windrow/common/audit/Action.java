package dev.windrow.common.audit;

import java.util.Optional;

/** What callers do that is kept in the audit. */
public enum Action {
    START("start"),
    /** Something that the caller's rights do not allow. */
    REFUSAL("refusal"),
    CANCEL("cancel"),
    RETRY("retry"),
    DELETE("delete"),
    /** A signed link was made. */
    LINK("link"),
    /** All links of an export were ended. */
    LINKS_ENDED("links-ended"),
    /** Somebody came by a signed link; who, it does not tell. */
    LINK_USE("link-use"),
    /** A token was made for somebody else. */
    TOKEN("token"),
    DOWNLOAD("download"),
    /** What was told of an export, or taken somewhere: when it arrived, or was given up. */
    DELIVERY("delivery"),
    /** A message was sent again. */
    REPLAY("replay"),
    /** A schedule was made, changed or deleted; the outcome says which. */
    SCHEDULE("schedule"),
    /** A preset was made, changed or deleted; the outcome says which. */
    PRESET("preset");

    private final String id;

    Action(String id) {
        this.id = id;
    }

    /** The word in rows, lists and the log. */
    public String id() {
        return id;
    }

    /** The action of that word; empty where there is none. */
    public static Optional<Action> of(String id) {
        for (Action action : values()) {
            if (action.id.equals(id)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
