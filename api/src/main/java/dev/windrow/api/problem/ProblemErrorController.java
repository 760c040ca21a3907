package dev.windrow.api.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what the container found wrong, where it asks us to. Asked for by its path, it is not there. */
@RestController
final class ProblemErrorController implements ErrorController {
    private final ProblemWriter writer;

    ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (request.getDispatcherType() != DispatcherType.ERROR || !(status instanceof Integer code)) {
            writer.write(
                    response, new ProblemException(ProblemType.NOT_FOUND, ProblemAdvice.detail(ProblemType.NOT_FOUND)));
            return;
        }
        ProblemType type = ProblemType.ofStatus(code);
        if (type == ProblemType.INTERNAL
                && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable defect) {
            writer.writeDefect(response, defect);
        } else {
            writer.write(response, new ProblemException(type, ProblemAdvice.detail(type)));
        }
    }
}
