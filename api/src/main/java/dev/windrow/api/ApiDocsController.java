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

/** Shows the API's description (OpenAPI 3.1), which is written by hand and held to the routes by a test. */
@RestController
final class ApiDocsController {
    private final byte[] document;

    ApiDocsController() {
        try (InputStream in = ApiDocsController.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing");
            }
            this.document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> document(HttpServletRequest request) {
        QueryParameters.none(request);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
