package dev.windrow.worker.run;

import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import java.io.IOException;

/** The export may not be made: for want of rights, or since it is larger than it may be. */
final class RefusedRunException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RefusedRunException(FailureCode code, String detail) {
        super(detail);
        this.failure = new Failure(code, detail);
    }

    Failure failure() {
        return failure;
    }
}
