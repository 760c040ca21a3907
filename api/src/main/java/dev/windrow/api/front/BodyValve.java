package dev.windrow.api.front;

import dev.windrow.api.http.NonBlockingAnswer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.springframework.http.HttpHeaders;

/**
 * Keeps the container from waiting for a body with a thread. By itself it reads what a request has left unread, to get
 * at the next one, and asks for a body (RFC 9110, section 10.1.1) only while it waits for it.
 */
final class BodyValve extends ValveBase {
    /** The attribute of a request whose sender waits to be asked for the body: a {@link Runnable} that asks. */
    static final String ASK = "dev.windrow.api.front.ask";

    BodyValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getHeader(HttpHeaders.EXPECT) != null) {
            request.setAttribute(
                    ASK, (Runnable) () -> response.sendAcknowledgement(ContinueResponseTiming.ON_REQUEST_BODY_READ));
        }
        request.setAttribute(NonBlockingAnswer.CUT, (Runnable)
                () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null));
        getNext().invoke(request, response);
        if (!request.isAsync() && Routes.hasBody(request) && !request.isFinished()) {
            // Whatever has answered it, the container itself for a path that does not exist, say.
            response.finishResponse();
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        }
    }
}
