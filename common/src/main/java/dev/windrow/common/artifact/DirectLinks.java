package dev.windrow.common.artifact;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Addresses at which a caller gets an artifact from where it is kept, past Windrow. Whoever has such an address has the
 * artifact, for as long as it is valid. Thread-safe; asks no network.
 */
public interface DirectLinks {
    /** Where artifacts are had from Windrow alone. */
    DirectLinks NONE = (key, headers, valid) -> Optional.empty();

    /**
     * What the answer at that address is to have for headers.
     *
     * @param contentType its media type
     * @param contentDisposition the name that it is saved under, as RFC 6266 writes it
     * @param cacheControl who may keep it
     */
    record Headers(String contentType, String contentDisposition, String cacheControl) {}

    /**
     * An address that is good for GET (with a range of bytes, too) and for nothing else.
     *
     * @param valid from now on; may end sooner, with the credentials that sign it
     * @return empty where there are none; an address of an artifact that is not there answers 404
     */
    Optional<URI> to(String key, Headers headers, Duration valid) throws IOException;
}
