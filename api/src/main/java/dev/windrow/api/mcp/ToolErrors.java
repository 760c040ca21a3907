package dev.windrow.api.mcp;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.Fault;

/** What a tool says that could not do its work, and what to do about it. */
final class ToolErrors {
    private ToolErrors() {}

    /**
     * A few lines for a model to read, with all that the problem says.
     *
     * @param export whether the tool is about an export that there is
     */
    static String text(ProblemException problem, boolean export) {
        StringBuilder text = new StringBuilder(problem.type().title());
        if (problem.faults().isEmpty()) {
            text.append(": ").append(problem.detail());
        } else {
            text.append(':');
            for (Fault fault : problem.faults()) {
                String where = fault.pointer().isEmpty() ? "what was sent" : fault.pointer();
                text.append("\n- ").append(where).append(' ').append(fault.detail());
            }
        }
        String mend = mend(problem.type(), export);
        if (!mend.isEmpty()) {
            text.append('\n').append(mend);
        }
        problem.retryAfter()
                .ifPresent(seconds ->
                        text.append("\nCall again in ").append(seconds).append(" s, not sooner."));
        return text.toString();
    }

    private static String mend(ProblemType type, boolean export) {
        return switch (type) {
            case NOT_FOUND ->
                export
                        ? "Give an id as start_export has answered it to these credentials."
                        : "list_datasets names those that these credentials are for.";
            case MALFORMED_REQUEST -> "The tool's input schema says what it takes; correct it and call again.";
            case INVALID_PARAMETERS ->
                "describe_dataset says which parameters, columns and formats there are; correct these and call again.";
            case IDEMPOTENCY_KEY_REUSED -> "Take another idempotencyKey for another export.";
            default -> "";
        };
    }
}
