package dev.windrow.api.mcp;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of JSON-RPC 2.0, as the protocol sends them: a request, which is answered, or a notification, which is
 * not.
 *
 * @param id String or Long; null for a notification
 * @param params null where there are none
 */
record Message(@Nullable Object id, String method, @Nullable Map<?, ?> params) {
    /** Reads the shape; ends the request where it is another. Members that JSON-RPC does not know are left alone. */
    static Message of(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw malformed("The body must be one JSON-RPC message, an object; batches are not taken.");
        }
        if (!"2.0".equals(map.get("jsonrpc"))) {
            throw malformed("The body is no message of JSON-RPC: it must say \"jsonrpc\": \"2.0\".");
        }
        if (!(map.get("method") instanceof String method)) {
            throw malformed("The message must name a method. Responses are not taken: this server sends no requests.");
        }
        Object id = map.get("id");
        if (map.containsKey("id") && !(id instanceof String || id instanceof Long)) {
            throw malformed("The id of the message must be a string or an integer of at most 18 digits; a notification"
                    + " has none.");
        }
        Object params = map.get("params");
        if (params != null && !(params instanceof Map<?, ?>)) {
            throw malformed("The params of the message must be an object.");
        }
        return new Message(id, method, (Map<?, ?>) params);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
