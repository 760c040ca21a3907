package dev.windrow.app.home;

import dev.windrow.api.link.LinkKeys;
import dev.windrow.app.refusal.RefusedStartException;
import java.io.IOException;
import java.util.List;

/** What signs links, in whichever role they are made. */
public final class LinkSecret {
    private LinkSecret() {}

    /**
     * @param set by the settings; empty for what is made once and kept
     * @throws RefusedStartException when it can be neither read nor made
     */
    public static LinkKeys keys(List<String> set, Home home, Secrets kept) {
        try {
            return new LinkKeys(set.isEmpty() ? List.of(kept.of(home.linkSecret())) : set);
        } catch (IOException e) {
            throw new RefusedStartException(
                    home.linkSecret() + ", which signs download links, can't be made or read: " + e.getMessage()
                            + "; fix its permissions, remove it, or set windrow.links.secret",
                    e);
        }
    }
}
