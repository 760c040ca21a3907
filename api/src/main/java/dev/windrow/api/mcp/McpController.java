package dev.windrow.api.mcp;

import dev.windrow.api.access.Caller;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.request.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes messages by the protocol's transport over HTTP ("Streamable HTTP"), in its form without sessions: each request
 * is answered by itself, with JSON, by whichever process it reaches. So there is no stream to be asked for by GET and
 * no session to be ended by DELETE: both are 405, as the protocol has it. Hosts, origins, credentials, bodies and turns
 * are looked at before, as for every route.
 */
@RestController
final class McpController {
    static final String VERSION_HEADER = "MCP-Protocol-Version";

    private final Supplier<Protocol> protocol;

    /** @param protocol asked for at each message, and made at the first */
    McpController(Supplier<Protocol> protocol) {
        this.protocol = protocol;
    }

    @PostMapping(path = "/mcp", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> take(Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        Message message = Message.of(StrictJson.parse(JsonRequest.text(request)));
        checkVersion(request);
        return protocol.get()
                .answer(message, new Asker(caller, request))
                .map(answer -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(answer))
                .orElseGet(() -> ResponseEntity.accepted().build());
    }

    /** The first message has none, and who leaves it out later is believed to speak an old one. */
    private void checkVersion(HttpServletRequest request) {
        List<String> said = Collections.list(request.getHeaders(VERSION_HEADER));
        List<String> known = protocol.get().versions();
        if (said.size() > 1 || !known.containsAll(said)) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The " + VERSION_HEADER + " header must be given once at most, and be one of "
                            + String.join(", ", known) + ".");
        }
    }
}
