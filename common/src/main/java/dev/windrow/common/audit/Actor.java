package dev.windrow.common.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who did something, as the request shows. Null is what it does not show.
 *
 * @param principal the caller's name
 * @param key the name of the key, or of the issuer of the token
 * @param address of the client, as the trusted proxies tell it
 */
public record Actor(
        @Nullable String principal,
        @Nullable String key,
        @Nullable String address) {
    /** Nobody in particular. */
    public static final Actor NOBODY = new Actor(null, null, null);

    /** As short, and as much of Unicode, as every database keeps it. */
    public Actor {
        principal = Texts.kept(principal);
        key = Texts.kept(key);
        address = Texts.kept(address);
    }
}
