package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.util.List;

/** What is said of a file whose rows can't be read in the order of its key. Immutable. */
record FileErrors(String file, List<KeyPart> key) {
    FileErrors {
        key = List.copyOf(key);
    }

    SourceException nullInKey() {
        return new SourceException(Kind.QUERY, "A row of file " + file + " has a null in its key " + keyWords() + ".");
    }

    /** Of a value that can't be put back into a statement. */
    SourceException unreadableKey(SourceException e) {
        return new SourceException(e.kind(), "File " + file + ", key " + keyWords() + ": " + e.detail());
    }

    SourceException equalKeys() {
        return new SourceException(Kind.QUERY, "Two rows of file " + file + " have the same key " + keyWords() + ".");
    }

    SourceException rowsLost() {
        return new SourceException(
                Kind.ROWS_LOST,
                "Rows of file " + file + " would be missing: the source sorts its key " + keyWords()
                        + " otherwise than it compares it.");
    }

    SourceException rowMoved() {
        return new SourceException(
                Kind.ROWS_LOST,
                "Rows of file " + file + " might be missing or doubled: the row at its key " + keyWords()
                        + " is no longer the one that was read, as it happens to keys that a window function makes when rows"
                        + " come or go before them. The dataset needs consistency: snapshot in the catalog.");
    }

    private String keyWords() {
        return "(" + String.join(", ", key.stream().map(KeyPart::column).toList()) + ")";
    }
}
