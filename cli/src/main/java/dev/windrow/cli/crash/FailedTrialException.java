package dev.windrow.cli.crash;

/** Why a trial could not be brought to a verdict, in words for the user. */
final class FailedTrialException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedTrialException(String message) {
        super(message);
    }
}
