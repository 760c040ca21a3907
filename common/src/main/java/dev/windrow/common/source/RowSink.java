package dev.windrow.common.source;

import java.math.BigDecimal;

/**
 * Takes rows, value by value: one call for each column in order, then {@link #endRow}. Nothing is allocated for a row,
 * and nothing may be kept of what a call gave but immutable objects. Belongs to one thread.
 */
public interface RowSink {
    void nullValue();

    void integer(long value);

    /** A binary double, as the source holds it; may be infinite or NaN. */
    void number(double value);

    /** An exact number: a decimal, or an integer that fits no long. */
    void decimal(BigDecimal value);

    void bool(boolean value);

    /** Text; may hold unpaired surrogates where the source held what UTF-16 can't. */
    void text(String value);

    /** A calendar day, counted from 1970-01-01 ({@link java.time.LocalDate#ofEpochDay}). */
    void date(long epochDay);

    /**
     * An instant in UTC: seconds since 1970-01-01T00:00:00Z, and the nanoseconds after that second (0 to 999,999,999).
     */
    void timestamp(long epochSecond, int nano);

    /** One JSON value as text, valid as the source's type or the catalog's {@code as} has it. */
    void json(String value);

    /** Bytes; the caller keeps the array and may use it again. */
    void bytes(byte[] value);

    /** The row is complete. */
    void endRow();
}
