package dev.windrow.api.access.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Where an issuer's keys come from. */
@FunctionalInterface
interface KeySets {
    /**
     * The keys as they are now. Blocks for the issuer's answer.
     *
     * @throws IOException when there is no answer, or one that is no key set
     */
    JWKSet fetch() throws IOException;
}
