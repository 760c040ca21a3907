package dev.windrow.api.start;

import dev.windrow.api.access.Places;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what a start would give: its first rows, how many there are, and about how large the archive would be, which is
 * each file's rows times the length of its first ones, times what deflate usually leaves of tables. Safe for use by
 * many threads.
 */
final class Rehearsal {
    private static final int ROWS = 10;

    /** Of the rows that are shown: after this many no further one is read, so that long texts do not add up. */
    private static final long SHOWN_BYTES = 1 << 20;

    /**
     * What deflate leaves of a table of numbers, times and short words, by experience; words alone shrink more, noise
     * less.
     */
    private static final double DEFLATED = 0.3;

    /** The archive's own structures and its manifest. */
    private static final long OVERHEAD = 1_024;

    private static final int MOST_OF_ONE = 4;
    private static final int MOST = 8;
    private static final Duration COUNTING = Duration.ofSeconds(2);
    private static final Duration READING = Duration.ofSeconds(10);

    private final RowSource source;
    private final SubjectCheck subjects;
    private final JsonAnswers json;
    private final Duration reading;
    private final Places places = new Places("dry-runs", "dry runs", MOST_OF_ONE, MOST);

    Rehearsal(RowSource source, SubjectCheck subjects, JsonAnswers json) {
        this(source, subjects, json, READING);
    }

    /** @param reading how long the first rows of all files may take together */
    Rehearsal(RowSource source, SubjectCheck subjects, JsonAnswers json, Duration reading) {
        this.source = source;
        this.subjects = subjects;
        this.json = json;
        this.reading = reading;
    }

    /**
     * The answer as JSON in UTF-8. Blocks for the subject's query, for three short ones a file, which have ten seconds
     * in all, and for the counts, which are given up after two. A source that can't answer ends the request, and so do
     * too many dry runs at once.
     */
    byte[] of(Dataset dataset, StartCheck.Checked checked, String caller) {
        places.take(caller);
        try {
            subjects.ask(dataset, checked.parameters());
            return rehearse(dataset, checked);
        } finally {
            places.giveBack(caller);
        }
    }

    private byte[] rehearse(Dataset dataset, StartCheck.Checked checked) {
        Times times = new Times(System.nanoTime() + COUNTING.toNanos(), System.nanoTime() + reading.toNanos());
        List<Sample> samples = new ArrayList<>();
        try {
            for (DatasetFile file : dataset.files()) {
                List<Column> columns =
                        samples.isEmpty() ? chosen(checked) : checked.granted().columns(file);
                RowSelection selection = new RowSelection(dataset.source(), file, columns, checked.parameters());
                samples.add(sample(selection, dataset.counted(), times));
            }
        } catch (SourceException e) {
            throw SourceProblems.ofPreview(dataset, e, reading);
        }
        Long total = sum(samples.stream().map(Sample::total).toList());
        Long bytes = sum(samples.stream().map(Sample::bytes).toList());
        Long estimated = bytes == null ? null : OVERHEAD + (long) (bytes * DEFLATED);
        Preview preview =
                new Preview(checked.request().columns(), samples.get(0).rows().rows());
        return json.write(new Answer(total, estimated, preview));
    }

    /** Until when, as {@link System#nanoTime} has it. */
    private record Times(long counted, long read) {}

    private record Answer(
            @Nullable Long rowsTotal, @Nullable Long estimatedBytes, Preview preview) {}

    private record Preview(List<String> columns, List<List<@Nullable Object>> rows) {}

    /** One file's first rows, and how many there are in all; null where nobody knows. */
    private record Sample(PreviewRows rows, @Nullable Long total) {
        /** Of the whole file, not deflated. */
        @Nullable Long bytes() {
            int read = rows.rows().size();
            if (total == null || read == 0) {
                return total;
            }
            return (long) ((double) rows.bytes() / read * total);
        }
    }

    private static List<Column> chosen(StartCheck.Checked checked) {
        Map<String, Column> shown =
                checked.granted().columns().stream().collect(Collectors.toMap(Column::name, column -> column));
        return checked.request().columns().stream()
                .map(name -> Objects.requireNonNull(shown.get(name), name))
                .toList();
    }

    private Sample sample(RowSelection selection, boolean counts, Times times) throws SourceException {
        try (RowReader reader = source.open(selection)) {
            PreviewRows rows = new PreviewRows();
            CompletableFuture<Void> tooLong = cancelAfter(left(times.read()), reader);
            String bound;
            try {
                bound = reader.lastPosition();
                if (bound != null) {
                    read(reader, bound, rows);
                }
            } finally {
                tooLong.cancel(false);
            }
            if (bound == null) {
                return new Sample(rows, 0L);
            }
            return new Sample(rows, counts ? count(reader, bound, times.counted()) : null);
        }
    }

    /**
     * In more than one leg where the time of the first is over before: on a busy machine, or where writers wait for
     * readers.
     */
    private static void read(RowReader reader, String bound, PreviewRows rows) throws SourceException {
        String after = null;
        int shown = 0;
        boolean more = true;
        while (more) {
            try (RowReader.Leg leg = reader.read(after, bound)) {
                int before = shown;
                boolean given = true;
                while (given && shown < ROWS && rows.bytes() < SHOWN_BYTES) {
                    given = leg.next();
                    if (given) {
                        leg.copyTo(rows);
                        shown++;
                    }
                }
                more = !given && !leg.isLast();
                after = shown > before ? leg.position() : after;
            }
        }
    }

    private static @Nullable Long count(RowReader reader, String bound, long deadline) throws SourceException {
        long left = left(deadline);
        if (left == 0) {
            return null;
        }
        CompletableFuture<Void> tooLong = cancelAfter(left, reader);
        try {
            OptionalLong count = reader.count(bound);
            return count.isPresent() ? count.getAsLong() : null;
        } finally {
            tooLong.cancel(false);
        }
    }

    private static long left(long deadline) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private static CompletableFuture<Void> cancelAfter(long millis, RowReader reader) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(reader::cancel, later);
    }

    private static @Nullable Long sum(List<@Nullable Long> figures) {
        long sum = 0;
        for (Long figure : figures) {
            if (figure == null) {
                return null;
            }
            sum += figure;
        }
        return sum;
    }
}
