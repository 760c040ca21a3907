package dev.windrow.common.artifact.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a store answers that is not what was asked for, in the JDK's own exceptions and words of ours. */
final class Answers {
    private static final Set<String> FULL = Set.of(
            "InsufficientStorage",
            "QuotaExceeded",
            "QuotaExceededException",
            "StorageFull",
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded");

    private Answers() {}

    /** A request, or some that belong together. */
    interface Call<T> {
        T answer() throws IOException;
    }

    /**
     * Asks; no exception of the SDK's comes out of it.
     *
     * @param what is asked for, for the message
     */
    static <T> T of(String what, Call<T> call) throws IOException {
        try {
            return call.answer();
        } catch (SdkException e) {
            throw of(what, e);
        } catch (UncheckedIOException e) {
            // Out of the file that is being sent.
            throw e.getCause();
        }
    }

    /** The status of the answer, by {@link S3Exception}; 0 when there was none. */
    static int status(SdkException e) {
        return e instanceof S3Exception answer ? answer.statusCode() : 0;
    }

    /** The store's own word for it; empty where it gave none, as answers to HEAD do. */
    static String code(SdkException e) {
        return e instanceof S3Exception answer
                ? Optional.ofNullable(answer.awsErrorDetails())
                        .map(details -> details.errorCode())
                        .orElse("")
                : "";
    }

    static IOException of(String what, SdkException e) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(what + ": interrupted");
            interrupted.initCause(e);
            return interrupted;
        }
        int status = status(e);
        String code = code(e);
        if (code.equals("NoSuchBucket")) {
            return because(new NoSuchBucketException(what + ": the bucket is not there"), e);
        }
        if (status == 412 || status == 409 || code.equals("NoSuchUpload")) {
            return because(new NotAsWasException(what + ": it is not what it was" + said(code)), e);
        }
        if (status == 404) {
            return because(new NoSuchFileException(what), e);
        }
        if (status == 401 || status == 403) {
            return because(new AccessDeniedException(what, null, "the bucket refuses it" + said(code)), e);
        }
        if (status == 507 || FULL.contains(code)) {
            // The words of a full disk: who tells a full store from a broken one goes by them.
            return because(new IOException(what + ": no space left in the bucket" + said(code)), e);
        }
        if (status == 503 || status == 429 || code.equals("SlowDown")) {
            return because(new IOException(what + ": the bucket asks for patience" + said(code)), e);
        }
        if (status == 301 || status == 307 || code.equals("AuthorizationHeaderMalformed")) {
            return because(new IOException(what + ": the bucket is in another region" + said(code)), e);
        }
        if (status != 0) {
            return because(new IOException(what + ": the bucket answered " + status + said(code)), e);
        }
        if (String.valueOf(e.getMessage()).contains("credentials")) {
            return because(new AccessDeniedException(what, null, "there are no access keys for the bucket"), e);
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return because(new IOException(what + ": the bucket gives no answer in time"), e);
        }
        return because(new IOException(what + ": the bucket can't be reached"), e);
    }

    private static String said(String code) {
        return code.isEmpty() ? "" : " (" + code + ")";
    }

    private static IOException because(IOException said, SdkException cause) {
        said.initCause(cause);
        return said;
    }

    /** A condition that a request was made on does not hold, or no longer. */
    static final class NotAsWasException extends IOException {
        private static final long serialVersionUID = 1L;

        NotAsWasException(String message) {
            super(message);
        }
    }

    /** A fault of the settings, not of one object. */
    static final class NoSuchBucketException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSuchBucketException(String message) {
            super(message);
        }
    }
}
