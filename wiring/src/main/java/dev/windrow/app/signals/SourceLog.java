package dev.windrow.app.signals;

import dev.windrow.common.export.FailureCode;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.statistics.Operations.SourceTrouble;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each source last said to this process. Thread-safe. */
public final class SourceLog {
    private final Clock clock;
    private final Map<String, Instant> answers = new ConcurrentHashMap<>();
    private final Map<String, SourceTrouble> troubles = new ConcurrentHashMap<>();

    public SourceLog(Clock clock) {
        this.clock = clock;
    }

    void answered(String source) {
        answers.put(source, clock.instant());
    }

    /** Notes what is the source's fault. What a row or an order of rows is wrong with, exports tell. */
    void failed(String source, SourceException why) {
        FailureCode code = switch (why.kind()) {
            case UNAVAILABLE -> FailureCode.SOURCE_UNAVAILABLE;
            case QUERY -> FailureCode.SOURCE_QUERY_FAILED;
            case VALUE, ROW_TOO_LONG, ROWS_LOST, CANCELLED -> null;
        };
        if (code != null) {
            troubles.put(source, new SourceTrouble(clock.instant(), code.id(), why.detail(), null));
        }
    }

    @Nullable Instant answered(String source, @Nullable Instant other) {
        Instant own = answers.get(source);
        return own == null || other != null && other.isAfter(own) ? other : own;
    }

    @Nullable SourceTrouble trouble(String source) {
        return troubles.get(source);
    }
}
