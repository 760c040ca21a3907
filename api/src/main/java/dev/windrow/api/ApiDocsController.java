package dev.windrow.api;

import dev.windrow.api.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the API's description (OpenAPI 3.1), which is written by hand and held to the routes by a test, and the JSON
 * Schema of catalogs, for editors.
 */
@RestController
final class ApiDocsController {
    private static final MediaType SCHEMA = MediaType.valueOf("application/schema+json");

    private final byte[] document = read("openapi.json");
    private final byte[] catalogSchema = read("catalog.schema.json");

    private static byte[] read(String name) {
        try (InputStream in = ApiDocsController.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> document(HttpServletRequest request) {
        QueryParameters.none(request);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    /** The same for every caller, and no secret: it is in the documentation. */
    @GetMapping(path = "/catalog.schema.json")
    ResponseEntity<byte[]> catalogSchema(HttpServletRequest request) {
        QueryParameters.none(request);
        return ResponseEntity.ok().contentType(SCHEMA).body(catalogSchema);
    }
}
