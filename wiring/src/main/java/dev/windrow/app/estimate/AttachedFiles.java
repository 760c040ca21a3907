package dev.windrow.app.estimate;

import dev.windrow.api.start.ArchiveSizes;
import dev.windrow.common.catalog.FileForm;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first files that are attached, by their lengths and what deflate makes of their beginnings. Belongs to one
 * thread.
 */
final class AttachedFiles implements ArchiveSizes.Sample {
    private static final int MOST = 500;
    private static final int READ = 1 << 16;

    private final Path root;
    private final int level;
    private final byte[] beginning = new byte[READ];
    private @Nullable String path;
    private int values;
    private int rows;
    private double bytes;

    AttachedFiles(FileForm form, int level) {
        this.root = Objects.requireNonNull(form.root());
        this.level = level;
    }

    @Override
    public boolean isEnough(int keyHash) {
        return rows >= MOST;
    }

    @Override
    public long of(long all) {
        return rows == 0 ? 0 : (long) (bytes / rows * all);
    }

    @Override
    public void endRow() {
        rows++;
        bytes += path == null ? 0 : size(path);
        path = null;
        values = 0;
    }

    /** One that is missing, or lies elsewhere, is not copied. */
    private double size(String text) {
        try {
            Path file = root.resolve(text).normalize();
            if (!file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return 0;
            }
            try (InputStream in = Files.newInputStream(file)) {
                int read = in.readNBytes(beginning, 0, READ);
                double share = read == 0 ? 1 : (double) DeflatedSize.of(beginning, read, level) / read;
                return Files.size(file) * Math.min(1, share) + entry(text);
            }
        } catch (IOException | InvalidPathException e) {
            return 0;
        }
    }

    /** Its headers, and its lines in the manifest and the description of the data. */
    private static int entry(String path) {
        return 260 + 2 * path.length();
    }

    private void value(@Nullable String text) {
        if (values++ == 0) {
            path = text;
        }
    }

    @Override
    public void nullValue() {
        value(null);
    }

    @Override
    public void text(String value) {
        value(value);
    }

    @Override
    public void integer(long value) {
        value(Long.toString(value));
    }

    @Override
    public void number(double value) {
        value(null);
    }

    @Override
    public void decimal(BigDecimal value) {
        value(null);
    }

    @Override
    public void bool(boolean value) {
        value(null);
    }

    @Override
    public void date(long epochDay) {
        value(null);
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        value(null);
    }

    @Override
    public void json(String value) {
        value(null);
    }

    @Override
    public void bytes(byte[] value) {
        value(null);
    }
}
