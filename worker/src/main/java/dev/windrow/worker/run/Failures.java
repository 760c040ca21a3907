package dev.windrow.worker.run;

import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.files.StorageFullException;
import dev.windrow.worker.files.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** From what a run throws to why its export failed, in words for the owner. */
final class Failures {
    private Failures() {}

    static Failure of(SourceException e) {
        return switch (e.kind()) {
            case UNAVAILABLE -> new Failure(FailureCode.SOURCE_UNAVAILABLE, e.detail());
            case QUERY, CANCELLED -> new Failure(FailureCode.SOURCE_QUERY_FAILED, e.detail());
            case ROWS_LOST -> new Failure(FailureCode.ROWS_LOST, e.detail());
            case VALUE, ROW_TOO_LONG -> new Failure(FailureCode.ROW_UNENCODABLE, e.detail());
        };
    }

    static Failure of(IOException e) {
        if (e instanceof RefusedRunException refused) {
            return refused.failure;
        }
        if (e instanceof StorageFullException) {
            return new Failure(
                    FailureCode.STORAGE_FULL, "There is not enough disk left of what the service may use for archives");
        }
        if (e instanceof StoreUnavailableException) {
            return new Failure(
                    FailureCode.STORAGE_UNAVAILABLE, "The store that keeps archives did not take this one for minutes");
        }
        return isFull(e)
                ? full()
                : new Failure(
                        FailureCode.INTERNAL, "The archive could not be written or read back; the log has the reason");
    }

    static Failure full() {
        return new Failure(FailureCode.STORAGE_FULL, "The disk that holds archives is full");
    }

    static Failure defect() {
        return new Failure(FailureCode.INTERNAL, "A defect of the service; the log has the reason");
    }

    /**
     * The JDK gives no code for a full disk, only the system's words (ENOSPC, EDQUOT, EFBIG as Linux and the BSDs say
     * them).
     */
    private static boolean isFull(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        String words = String.valueOf(reason).toLowerCase(Locale.ROOT);
        return words.contains("no space left") || words.contains("quota exceeded") || words.contains("file too large");
    }

    /** The export may not be made: for want of rights, or since it is larger than it may be. */
    static final class RefusedRunException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        RefusedRunException(FailureCode code, String detail) {
            super(detail);
            this.failure = new Failure(code, detail);
        }
    }
}
