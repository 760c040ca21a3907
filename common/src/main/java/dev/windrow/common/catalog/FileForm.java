package dev.windrow.common.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file of a dataset is made of, besides plain rows. Immutable.
 *
 * @param header what stands around the rows in JSON; null for nothing, and for files that are no rows
 * @param expansion which column is made into many; null for none, and for files that are no rows
 * @param root the folder that attachments lie in, absolute; null for files that are no attachments
 * @param hardLinks whether attachments that have other names besides, perhaps outside the root, are copied
 */
public record FileForm(
        Kind kind,
        @Nullable Header header,
        @Nullable Expansion expansion,
        @Nullable Path root,
        boolean hardLinks) {
    /** Rows in the format that is asked for. */
    public static final FileForm ROWS = new FileForm(Kind.ROWS, null, null, null);

    /** Exactly one row, as one JSON object. */
    public static final FileForm OBJECT = new FileForm(Kind.OBJECT, null, null, null);

    /** What a file's query gives. */
    public enum Kind {
        /** Rows in the format that is asked for. */
        ROWS,
        /** Exactly one row, written as one JSON object whatever the format. */
        OBJECT,
        /** Paths of files, which are copied. */
        ATTACHMENTS
    }

    public FileForm {
        Objects.requireNonNull(kind, "kind");
        if (kind != Kind.ROWS && (header != null || expansion != null)) {
            throw new IllegalArgumentException("kind " + kind + " with a header or an expansion");
        }
        if ((kind == Kind.ATTACHMENTS) != (root != null)) {
            throw new IllegalArgumentException("kind " + kind + ", root " + root);
        }
        if (hardLinks && root == null) {
            throw new IllegalArgumentException("kind " + kind + " with hard links");
        }
    }

    /** A form without attachments of other names. */
    public FileForm(Kind kind, @Nullable Header header, @Nullable Expansion expansion, @Nullable Path root) {
        this(kind, header, expansion, root, false);
    }

    /**
     * What makes a JSON file one object: the fields of the header's one row, and the rows under one more.
     *
     * @param query gives exactly one row
     * @param columns what the query gives; not empty
     * @param rows the field of the rows, which no column of the header has
     */
    public record Header(String query, List<Column> columns, String rows) {
        public Header {
            Objects.requireNonNull(query, "query");
            Objects.requireNonNull(rows, "rows");
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("header: no columns");
            }
        }
    }

    /**
     * A column of JSON objects, whose fields become columns.
     *
     * @param column the JSON column
     * @param fields those that become columns, in order; empty for those of the first rows, in the order seen
     * @param rows how many first rows the fields are learnt from, 1 to {@link #MAX_ROWS}
     */
    public record Expansion(String column, List<String> fields, int rows) {
        /** Rows that the fields are learnt from where the catalog says nothing. */
        public static final int DEFAULT_ROWS = 1000;

        /** They are held in memory. */
        public static final int MAX_ROWS = 10_000;

        /** The last column, which takes what fits no other. */
        public static final String REST = "_extra";

        public Expansion {
            Objects.requireNonNull(column, "column");
            fields = List.copyOf(fields);
            if (rows < 1 || rows > MAX_ROWS) {
                throw new IllegalArgumentException("rows: " + rows);
            }
        }

        /** An expansion that learns its fields from {@link #DEFAULT_ROWS}. */
        public Expansion(String column, List<String> fields) {
            this(column, fields, DEFAULT_ROWS);
        }
    }
}
