package dev.windrow.worker.run;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.archive.EntryName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attachments of one file, sorted by name and path, so that the same rows give the same order whatever the source's. A name
 * that was there before gets a number; whether the file is there plays no part in that. Immutable.
 */
record AttachmentList(List<Attachment> attachments) {
    /** All of them are listed in every checkpoint. */
    static final int MOST = 100_000;

    /**
     * One file to copy.
     *
     * @param path below the root, as the source gave it
     * @param entry its name in the archive; null when no entry may be called that
     * @param wished the entry's name if nothing else had it
     * @param shown what the manifest calls it when it can't be copied
     */
    record Attachment(String path, @Nullable String entry, String wished, String shown) {
        boolean isRenamed() {
            return entry != null && !entry.equals(wished);
        }
    }

    private record Given(String path, String name) {}

    AttachmentList {
        attachments = List.copyOf(attachments);
    }

    static AttachmentList read(RowSelection selection, Function<RowSelection, RowReader> open) throws SourceException {
        String folder = selection.file().name();
        List<Given> given = new ArrayList<>();
        try (RowReader reader = open.apply(selection)) {
            String bound = reader.lastPosition();
            if (bound != null) {
                read(reader, bound, selection, given);
            }
        }
        given.sort(Comparator.comparing(Given::name).thenComparing(Given::path));
        Set<String> taken = new HashSet<>();
        List<Attachment> attachments = new ArrayList<>();
        for (Given one : given) {
            attachments.add(new Attachment(
                    one.path, entry(folder, one.name, taken), folder + "/" + one.name, folder + "/" + one.path));
        }
        return new AttachmentList(attachments);
    }

    private static void read(RowReader reader, String bound, RowSelection selection, List<Given> given)
            throws SourceException {
        List<String> columns = selection.columns().stream().map(Column::name).toList();
        Texts row = new Texts();
        try (RowReader.Batch batch = reader.read(null, bound, MOST)) {
            while (batch.next()) {
                batch.copyTo(row);
                String path = row.values.get(columns.indexOf("path"));
                String name = columns.contains("name") ? row.values.get(columns.indexOf("name")) : null;
                if (path != null) {
                    given.add(new Given(path, name == null || name.isEmpty() ? path : name));
                }
                row.values.clear();
            }
            if (!batch.isLast()) {
                throw new SourceException(
                        SourceException.Kind.QUERY,
                        "File " + selection.file().name() + " has more than " + MOST + " attachments.");
            }
        }
    }

    /** The entry's name, with a number if it was there before. Archives are unpacked where A and a are one name. */
    private static @Nullable String entry(String folder, String name, Set<String> taken) {
        String entry = folder + "/" + name;
        for (int number = 2; taken.contains(entry.toLowerCase(Locale.ROOT)); number++) {
            entry = folder + "/" + numbered(name, number);
        }
        if (!EntryName.isAllowed(entry)) {
            return null;
        }
        taken.add(entry.toLowerCase(Locale.ROOT));
        return entry;
    }

    private static String numbered(String name, int number) {
        int point = name.lastIndexOf('.');
        int end = point > name.lastIndexOf('/') + 1 ? point : name.length();
        return name.substring(0, end) + " (" + number + ")" + name.substring(end);
    }

    /** Where the attachment with that entry stands; -1 when there is none. */
    int indexOf(String entry) {
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
