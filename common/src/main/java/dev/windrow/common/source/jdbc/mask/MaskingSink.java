package dev.windrow.common.source.jdbc.mask;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Passes rows on, with something else in the place of masked values. Each value has one text, whatever Java runs this,
 * so that a hash is the same everywhere. Belongs to one thread.
 */
final class MaskingSink implements RowSink {
    private static final int HASH_BYTES = 16;
    private static final int LAST = 4;
    /** Enough for every double. */
    private static final int MOST_DIGITS = 17;

    private final RowSink sink;
    private final @Nullable Mask[] masks;
    private final @Nullable Mac mac;
    private int column;

    /** @param columns those of a row, in order */
    MaskingSink(RowSink sink, List<Column> columns, MaskKey key) {
        this.sink = sink;
        this.masks = new Mask[columns.size()];
        for (int i = 0; i < masks.length; i++) {
            Column.Masked masked = columns.get(i).masked();
            masks[i] = masked == null ? null : masked.as();
        }
        this.mac = Arrays.asList(masks).contains(Mask.HASH) ? key.mac() : null;
    }

    @Override
    public void nullValue() {
        column++;
        sink.nullValue();
    }

    @Override
    public void integer(long value) {
        if (isPlain()) {
            sink.integer(value);
        } else {
            mask(Long.toString(value));
        }
    }

    @Override
    public void number(double value) {
        if (isPlain()) {
            sink.number(value);
        } else {
            mask(text(value));
        }
    }

    @Override
    public void decimal(BigDecimal value) {
        if (isPlain()) {
            sink.decimal(value);
        } else {
            mask(text(value));
        }
    }

    @Override
    public void bool(boolean value) {
        if (isPlain()) {
            sink.bool(value);
        } else {
            mask(Boolean.toString(value));
        }
    }

    @Override
    public void text(String value) {
        if (isPlain()) {
            sink.text(value);
        } else {
            mask(value);
        }
    }

    @Override
    public void date(long epochDay) {
        if (isPlain()) {
            sink.date(epochDay);
        } else {
            mask(LocalDate.ofEpochDay(epochDay).toString());
        }
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        if (isPlain()) {
            sink.timestamp(epochSecond, nano);
        } else {
            mask(Instant.ofEpochSecond(epochSecond, nano).toString());
        }
    }

    @Override
    public void json(String value) {
        if (isPlain()) {
            sink.json(value);
        } else {
            mask(value);
        }
    }

    @Override
    public void bytes(byte[] value) {
        if (isPlain()) {
            sink.bytes(value);
        } else {
            mask(Base64.getEncoder().encodeToString(value));
        }
    }

    @Override
    public void endRow() {
        column = 0;
        sink.endRow();
    }

    /** Whether the next value passes as it is; then its column is passed too. */
    private boolean isPlain() {
        if (masks[column] != null) {
            return false;
        }
        column++;
        return true;
    }

    private void mask(String text) {
        Mask mask = masks[column];
        column++;
        if (mask == Mask.HASH && mac != null) {
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            sink.text(HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        } else if (mask == Mask.LAST4) {
            sink.text(last(text));
        } else {
            sink.nullValue();
        }
    }

    private static String last(String text) {
        return text.codePointCount(0, text.length()) <= LAST
                ? "…"
                : "…" + text.substring(text.offsetByCodePoints(text.length(), -LAST));
    }

    /** The shortest number that reads back the same; not by {@link Double#toString}, which differs between Javas. */
    private static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal shorter = exact.round(new MathContext(digits));
            if (shorter.doubleValue() == value) {
                return text(shorter);
            }
        }
        return text(exact.round(new MathContext(MOST_DIGITS)));
    }

    /** Without zeros that say nothing, so that 5 and 5.0 are one value, as they are to most databases. */
    private static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
