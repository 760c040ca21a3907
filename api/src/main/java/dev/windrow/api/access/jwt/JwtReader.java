package dev.windrow.api.access.jwt;

import com.nimbusds.jwt.JWTParser;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.CredentialsRefusedException;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of all configured issuers (RFC 7519, in the compact form of RFC 7515). A token's own word for its
 * issuer only says whose keys it is tried with. Safe for use by many threads.
 */
public final class JwtReader implements CredentialReader {
    static final String REFUSED = "The token is not valid.";
    /** In characters: no header that we take is longer, and it bounds what parsing costs. */
    private static final int LONGEST = 8 * 1024;

    private static final int DOTS = 2;

    private final List<IssuerReader> issuers;

    /**
     * @throws IllegalArgumentException for two issuers of one name, none, and a key file that can't be used; the
     *     message names the mend
     */
    public JwtReader(List<Issuer> issuers, Clock clock) {
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("windrow.security.jwt.issuers names no issuer, so nobody's tokens would"
                    + " be believed; name one, or leave jwt out of windrow.security.mode");
        }
        Set<String> names = new HashSet<>();
        for (Issuer issuer : issuers) {
            if (!names.add(issuer.name())) {
                throw new IllegalArgumentException("windrow.security.jwt.issuers names " + issuer.name()
                        + " twice, so their callers would be the same; give each a name of its own");
            }
        }
        Executor behind = behind();
        this.issuers = issuers.stream()
                .map(issuer -> new IssuerReader(issuer, clock, behind))
                .toList();
    }

    /** One thread that goes when there is nothing to do, and keeps no process alive. */
    private static Executor behind() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "issuer-keys");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public boolean reads(String token) {
        return token.chars().filter(c -> c == '.').count() == DOTS;
    }

    @Override
    public Caller read(String token, @Nullable String origin) {
        if (token.length() > LONGEST) {
            throw new CredentialsRefusedException("The token is longer than " + LONGEST + " characters.");
        }
        String said = issuerOf(token);
        CredentialsRefusedException refused = new CredentialsRefusedException(REFUSED);
        for (IssuerReader issuer : issuers) {
            if (issuer.isOf(said)) {
                try {
                    return issuer.read(token);
                } catch (CredentialsRefusedException e) {
                    refused = e;
                }
            }
        }
        throw refused;
    }

    private static @Nullable String issuerOf(String token) {
        try {
            return JWTParser.parse(token).getJWTClaimsSet().getIssuer();
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            throw new CredentialsRefusedException(REFUSED, e);
        }
    }
}
