package dev.windrow.worker.attachments;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attachments of one file, sorted by name and path, so that the same rows give the same order whatever the
 * source's. Names are made safe, and one that was there before gets a number; whether the file is there plays no part
 * in that. Immutable.
 */
public record AttachmentList(List<Attachment> attachments) {
    /** All of them are listed in every checkpoint. */
    static final int MOST = 100_000;

    /** Names between two looks at whether the run is still wanted. */
    private static final int STEP = 1_000;

    /**
     * One file to copy.
     *
     * @param path below the root, as the source gave it
     * @param entry its name in the archive; null when the path leads out of the root, or is none
     * @param wished the entry's name if it were safe, and nothing else had it
     * @param shown what the manifest calls it when it can't be copied
     */
    public record Attachment(String path, @Nullable String entry, String wished, String shown) {
        public boolean isRenamed() {
            return entry != null && !entry.equals(wished);
        }
    }

    /** @param name empty where the rows give none, until it is that of the path */
    private record Given(String path, String name, boolean isBelow) {
        Given below(AttachmentFolder folder) {
            List<String> names = folder.below(path);
            String plain = names == null ? path : String.join("/", names);
            return new Given(path, name.isEmpty() ? plain : name, names != null);
        }
    }

    public AttachmentList {
        attachments = List.copyOf(attachments);
    }

    /**
     * Reads the rows that name them.
     *
     * @param folder what the paths lie in
     * @param stillWanted run in the middle of it; what it throws ends it
     */
    public static AttachmentList read(
            RowSelection selection,
            AttachmentFolder folder,
            Function<RowSelection, RowReader> open,
            Runnable stillWanted)
            throws SourceException {
        List<Given> given = new ArrayList<>();
        try (RowReader reader = open.apply(selection)) {
            String bound = reader.lastPosition();
            if (bound != null) {
                read(reader, bound, selection, row -> given.add(row.below(folder)), stillWanted);
            }
        }
        given.sort(Comparator.comparing(Given::name).thenComparing(Given::path));
        return named(selection.file().name(), given, stillWanted);
    }

    private static AttachmentList named(String folder, List<Given> given, Runnable stillWanted) {
        AttachmentNames names = new AttachmentNames(folder);
        given.stream().filter(Given::isBelow).forEach(one -> names.expect(one.name));
        List<Attachment> attachments = new ArrayList<>(given.size());
        for (Given one : given) {
            if (attachments.size() % STEP == 0) {
                stillWanted.run();
            }
            String entry = one.isBelow ? folder + "/" + names.take(one.name) : null;
            attachments.add(new Attachment(one.path, entry, folder + "/" + one.name, folder + "/" + one.path));
        }
        return new AttachmentList(attachments);
    }

    private static void read(
            RowReader reader, String bound, RowSelection selection, Consumer<Given> given, Runnable stillWanted)
            throws SourceException {
        List<String> columns = selection.columns().stream().map(Column::name).toList();
        Texts row = new Texts();
        int rows = 0;
        try (RowReader.Leg leg = reader.read(null, bound)) {
            while (leg.next()) {
                if (++rows > MOST) {
                    throw new SourceException(
                            SourceException.Kind.QUERY,
                            "File " + selection.file().name() + " has more than " + MOST + " attachments.");
                }
                if (rows % STEP == 0) {
                    stillWanted.run();
                }
                leg.copyTo(row);
                String path = row.values.get(columns.indexOf("path"));
                String name = columns.contains("name") ? row.values.get(columns.indexOf("name")) : null;
                if (path != null) {
                    given.accept(new Given(path, name == null ? "" : name, false));
                }
                row.values.clear();
            }
        }
    }

    /** Where the attachment with that entry stands; -1 when there is none. */
    public int indexOf(String entry) {
        for (int i = 0; i < attachments.size(); i++) {
            if (entry.equals(attachments.get(i).entry())) {
                return i;
            }
        }
        return -1;
    }

    /** Takes a row of texts and nulls, as both columns are declared as texts. */
    private static final class Texts implements RowSink {
        private final List<@Nullable String> values = new ArrayList<>();

        @Override
        public void nullValue() {
            values.add(null);
        }

        @Override
        public void text(String value) {
            values.add(value);
        }

        @Override
        public void integer(long value) {
            text(Long.toString(value));
        }

        @Override
        public void number(double value) {
            text(Double.toString(value));
        }

        @Override
        public void decimal(BigDecimal value) {
            text(value.toString());
        }

        @Override
        public void bool(boolean value) {
            text(Boolean.toString(value));
        }

        @Override
        public void date(long epochDay) {
            text(Long.toString(epochDay));
        }

        @Override
        public void timestamp(long epochSecond, int nano) {
            text(Long.toString(epochSecond));
        }

        @Override
        public void json(String value) {
            text(value);
        }

        @Override
        public void bytes(byte[] value) {
            nullValue();
        }

        @Override
        public void endRow() {
            // The values are taken by whoever asked for the row.
        }
    }
}
