package dev.windrow.starter;

import dev.windrow.api.http.NonBlockingAnswer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Gives requests of Windrow's a way to end their connection: an answer that breaks off must not look like a whole one.
 * Touches no other request.
 */
final class CutValve extends ValveBase {
    private final String path;

    /** @param path of Windrow, below whatever context path there is */
    CutValve(String path) {
        super(true);
        this.path = path + "/";
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getRequestURI().contains(path)) {
            request.setAttribute(NonBlockingAnswer.CUT, (Runnable)
                    () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null));
        }
        getNext().invoke(request, response);
    }
}
