package dev.windrow.app.outbox;

import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.TargetCheck;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a start may have written to: the caller, at the address that its credentials say, and anybody of the domains of
 * the settings. Windrow is no way to write to strangers. Immutable.
 */
final class MailTargetCheck implements TargetCheck {
    /** Of what RFC 5321 takes the part that every server takes: no quotes, no comments, no addresses in brackets. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,9}");

    private static final int LONGEST = 254;

    private final Set<String> domains;

    /** @param domains in lower case */
    MailTargetCheck(List<String> domains) {
        this.domains = Set.copyOf(domains);
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.MAIL;
    }

    @Override
    public Optional<String> refusal(String name, Map<String, Object> claims) {
        if (name.length() > LONGEST || !ADDRESS.matcher(name).matches()) {
            return Optional.of("must be one address such as ann@example.com");
        }
        String domain = name.substring(name.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domains.contains(domain) || isCallers(name, claims)
                ? Optional.empty()
                : Optional.of(
                        "is neither your own address, by your credentials, nor of a domain that this server writes to");
    }

    /** By OpenID Connect's claims: an address that its issuer has not verified may be anybody's. */
    private static boolean isCallers(String address, Map<String, Object> claims) {
        Object verified = claims.get("email_verified");
        boolean isUnverified = verified != null && !verified.toString().equals("true");
        return !isUnverified && says(claims.get("email"), address);
    }

    private static boolean says(@Nullable Object claim, String address) {
        if (claim instanceof Collection<?> several) {
            return several.stream().anyMatch(each -> says(each, address));
        }
        return claim instanceof String text && text.equalsIgnoreCase(address);
    }
}
