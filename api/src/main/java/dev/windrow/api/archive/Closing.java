package dev.windrow.api.archive;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that closes what it comes from, too. */
final class Closing extends FilterInputStream {
    private final Closeable origin;

    Closing(InputStream in, Closeable origin) {
        super(in);
        this.origin = origin;
    }

    @Override
    public void close() throws IOException {
        try (origin) {
            in.close();
        }
    }
}
