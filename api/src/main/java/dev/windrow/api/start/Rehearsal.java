package dev.windrow.api.start;

import dev.windrow.api.access.Places;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
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
 * what its first thousands take, for so many as there are. Safe for use by many threads.
 */
final class Rehearsal {
    /** Which no export is in: by it, clients that were generated tell this answer from one of those. */
    private static final String STATE = "dry-run";

    private static final int ROWS = 10;

    /** Of the rows that are shown: after this many no further one is read, so that long texts do not add up. */
    private static final long SHOWN_BYTES = 1 << 20;

    /** Of those that are read to tell the archive's size, however short they are. */
    private static final int SAMPLED_ROWS = 50_000;

    /** For these too: somebody waits. */
    private static final Duration SAMPLING = Duration.ofMillis(500);

    private static final int MOST_OF_ONE = 4;
    private static final int MOST = 8;
    private static final Duration COUNTING = Duration.ofSeconds(2);
    private static final Duration READING = Duration.ofSeconds(10);

    private final RowSource source;
    private final SubjectCheck subjects;
    private final ArchiveSizes sizes;
    private final JsonAnswers json;
    private final Duration reading;
    private final Places places = new Places("dry-runs", "dry runs", MOST_OF_ONE, MOST);

    Rehearsal(RowSource source, SubjectCheck subjects, ArchiveSizes sizes, JsonAnswers json) {
        this(source, subjects, sizes, json, READING);
    }

    /** @param reading how long the first rows of all files may take together */
    Rehearsal(RowSource source, SubjectCheck subjects, ArchiveSizes sizes, JsonAnswers json, Duration reading) {
        this.source = source;
        this.subjects = subjects;
        this.sizes = sizes;
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
        int columnsOfAll = 0;
        try {
            for (DatasetFile file : dataset.files()) {
                List<Column> columns =
                        samples.isEmpty() ? chosen(checked) : checked.granted().columns(file);
                RowSelection selection = new RowSelection(dataset.source(), file, columns, checked.parameters());
                ArchiveSizes.Sample size = sizes.begin(file, columns, checked.request());
                samples.add(sample(selection, size, dataset.counted(), times));
                columnsOfAll += columns.size();
            }
        } catch (SourceException e) {
            throw SourceProblems.ofPreview(dataset, e, reading);
        }
        Long total = sum(samples.stream().map(Sample::rowsTotal).toList());
        Long bytes = sum(samples.stream().map(Sample::bytes).toList());
        Long estimated =
                bytes == null ? null : bytes + sizes.beside(dataset.files().size(), columnsOfAll);
        Preview preview =
                new Preview(checked.request().columns(), samples.get(0).rows().rows());
        return json.write(new Answer(STATE, total, estimated, preview));
    }

    /** Until when, as {@link System#nanoTime} has it. */
    private record Times(long counted, long read) {}

    private record Answer(
            String state,
            @Nullable Long rowsTotal,
            @Nullable Long estimatedBytes,
            Preview preview) {}

    private record Preview(List<String> columns, List<List<@Nullable Object>> rows) {}

    /** One file's first rows, and how many there are in all; null where nobody knows. */
    private record Sample(
            FileForm.Kind kind,
            PreviewRows rows,
            @Nullable Long total,
            @Nullable Long bytes) {
        /** Files that are attached are no rows of the archive, though the source names them in rows. */
        @Nullable Long rowsTotal() {
            return kind == FileForm.Kind.ATTACHMENTS ? Long.valueOf(0) : total;
        }
    }

    private static List<Column> chosen(StartCheck.Checked checked) {
        Map<String, Column> shown =
                checked.granted().columns().stream().collect(Collectors.toMap(Column::name, column -> column));
        return checked.request().columns().stream()
                .map(name -> Objects.requireNonNull(shown.get(name), name))
                .toList();
    }

    private Sample sample(RowSelection selection, ArchiveSizes.Sample size, boolean counts, Times times)
            throws SourceException {
        try (RowReader reader = source.open(selection)) {
            PreviewRows rows = new PreviewRows();
            FileForm.Kind kind = selection.file().form().kind();
            CompletableFuture<Void> tooLong = cancelAfter(left(times.read()), reader);
            String bound;
            try {
                bound = reader.lastPosition();
                if (bound != null) {
                    read(reader, bound, rows, size);
                }
            } finally {
                tooLong.cancel(false);
            }
            if (bound == null) {
                return new Sample(kind, rows, 0L, size.of(0));
            }
            Long total = counts ? count(reader, bound, times.counted()) : null;
            return new Sample(kind, rows, total, total == null ? null : size.of(total));
        }
    }

    /**
     * In more than one leg where the time of the first is over before: on a busy machine, or where writers wait for
     * readers.
     */
    private static void read(RowReader reader, String bound, PreviewRows rows, ArchiveSizes.Sample size)
            throws SourceException {
        String after = null;
        int read = 0;
        long until = System.nanoTime() + SAMPLING.toNanos();
        boolean enough = false;
        boolean more = true;
        while (more) {
            try (RowReader.Leg leg = reader.read(after, bound)) {
                int before = read;
                boolean given = true;
                while (given && !enough) {
                    given = leg.next();
                    if (given) {
                        boolean isShown = read < ROWS && rows.bytes() < SHOWN_BYTES;
                        if (isShown) {
                            leg.copyTo(rows);
                        }
                        leg.copyTo(size);
                        read++;
                        enough = size.isEnough(leg.keyHash()) || read >= SAMPLED_ROWS;
                        enough = !isShown && (enough || System.nanoTime() - until > 0);
                    }
                }
                more = !given && !leg.isLast();
                after = read > before ? leg.position() : after;
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
