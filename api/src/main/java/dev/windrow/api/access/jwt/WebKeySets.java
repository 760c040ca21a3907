package dev.windrow.api.access.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks an issuer for its keys: at the address that is set, or at the one that its metadata name. Thread-safe. */
final class WebKeySets implements KeySets {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MOST_BYTES = 512 * 1024;

    private final @Nullable String address;
    private final String issuer;
    private final DefaultResourceRetriever web =
            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);

    /**
     * @param address of the key set; null to find it
     * @param issuer whose metadata name it; not used with an address
     */
    WebKeySets(@Nullable String address, String issuer) {
        this.address = address;
        this.issuer = issuer;
    }

    @Override
    public JWKSet fetch() throws IOException {
        try {
            return JWKSet.parse(get(address == null ? found() : address));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("the answer is no key set", e);
        }
    }

    private String get(String from) throws IOException {
        if (!Addresses.isSafe(from)) {
            throw new IOException("its keys are at no https address");
        }
        return web.retrieveResource(URI.create(from).toURL()).getContent();
    }

    /** The address in the first metadata there are. */
    private String found() throws IOException {
        IOException last = new IOException("no metadata");
        for (String place : places(URI.create(issuer))) {
            try {
                return keySetOf(JSONObjectUtils.parse(get(place)));
            } catch (ParseException | IllegalArgumentException e) {
                last = new IOException("no metadata at " + place, e);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Metadata that tell of another issuer are not this one's (RFC 8414, section 3.3). */
    private String keySetOf(Map<String, Object> metadata) throws IOException {
        if (!issuer.equals(metadata.get("issuer")) || !(metadata.get("jwks_uri") instanceof String keys)) {
            throw new IOException("the metadata are another issuer's, or name no keys");
        }
        return keys;
    }

    /** OpenID Connect Discovery 1.0, section 4; RFC 8414, sections 3 and 5. */
    private static List<String> places(URI issuer) {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceFirst("/$", "");
        String root = issuer.getScheme() + "://" + issuer.getRawAuthority();
        List<String> places = new ArrayList<>();
        places.add(root + path + "/.well-known/openid-configuration");
        places.add(root + "/.well-known/oauth-authorization-server" + path);
        return places;
    }
}
