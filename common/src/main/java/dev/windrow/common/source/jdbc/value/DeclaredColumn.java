package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column whose type the catalog's {@code as} says: every value is given as that type, or refused. Belongs to one
 * reader.
 */
public final class DeclaredColumn implements RowSink {
    private final Column column;
    private @Nullable RowSink target;

    public DeclaredColumn(Column column) {
        this.column = column;
    }

    /** A value that is not of its column's type. Never leaves this package. */
    public static final class UnfitValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private UnfitValueException(String message) {
            super(message, null, false, false);
        }
    }

    /** Takes values as the source has them, and gives them to the sink as the column's type. */
    public RowSink into(RowSink sink) {
        target = sink;
        return this;
    }

    private RowSink target() {
        if (target == null) {
            throw new IllegalStateException("no sink");
        }
        return target;
    }

    private UnfitValueException unfit() {
        return new UnfitValueException("Column " + column.name() + " holds a value that is no "
                + column.type().id() + ".");
    }

    /** What the numbers of a timestamp count. */
    private Unit unit() {
        if (column.unit() == null) {
            throw new UnfitValueException("Column " + column.name()
                    + " holds a number, which is a timestamp only in a unit; the catalog needs unit: s, ms, us or julian for"
                    + " it.");
        }
        return column.unit();
    }

    private ColumnType type() {
        return column.type();
    }

    @Override
    public void nullValue() {
        target().nullValue();
    }

    @Override
    public void integer(long value) {
        switch (type()) {
            case INTEGER, NUMBER, ANY -> target().integer(value);
            case STRING -> target().text(Long.toString(value));
            case JSON -> target().json(Long.toString(value));
            case BOOLEAN -> target().bool(Conversions.toBoolean(value).orElseThrow(this::unfit));
            case TIMESTAMP -> instant(Moments.of(value, unit()).orElseThrow(this::unfit));
            case DATE, BYTES -> throw unfit();
        }
    }

    @Override
    public void number(double value) {
        switch (type()) {
            case ANY -> target().number(value);
            case NUMBER -> numberOf(value);
            case STRING -> target().text(Conversions.shortest(value));
            case TIMESTAMP -> instant(Moments.of(value, unit()).orElseThrow(this::unfit));
            case INTEGER, BOOLEAN -> integral(new BigDecimal(finite(value)));
            case JSON -> target().json(Conversions.shortest(finite(value)));
            case DATE, BYTES -> throw unfit();
        }
    }

    private double finite(double value) {
        if (!Double.isFinite(value)) {
            throw unfit();
        }
        return value;
    }

    @Override
    public void decimal(BigDecimal value) {
        switch (type()) {
            case ANY -> target().decimal(value);
            case NUMBER -> numberOf(value);
            case STRING -> target().text(value.toPlainString());
            case JSON -> target().json(value.toString());
            case TIMESTAMP -> instant(Moments.of(value, unit()).orElseThrow(this::unfit));
            case INTEGER, BOOLEAN -> integral(value);
            case DATE, BYTES -> throw unfit();
        }
    }

    /** As an integer, if it is one; only where the type is INTEGER may it be greater than a long. */
    private void integral(BigDecimal value) {
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            throw unfit();
        }
        if (Conversions.isLong(value)) {
            integer(value.longValueExact());
        } else if (type() == ColumnType.INTEGER) {
            target().decimal(value.setScale(0));
        } else {
            throw unfit();
        }
    }

    @Override
    public void bool(boolean value) {
        switch (type()) {
            case BOOLEAN, ANY -> target().bool(value);
            case STRING -> target().text(Boolean.toString(value));
            case JSON -> target().json(Boolean.toString(value));
            case INTEGER, NUMBER -> target().integer(value ? 1 : 0);
            case DATE, TIMESTAMP, BYTES -> throw unfit();
        }
    }

    @Override
    public void text(String value) {
        switch (type()) {
            case STRING, ANY -> target().text(value);
            case INTEGER -> integral(Conversions.toInteger(value).orElseThrow(this::unfit));
            case NUMBER -> numberOf(value);
            case BOOLEAN -> target().bool(Conversions.toBoolean(value).orElseThrow(this::unfit));
            case DATE ->
                target().date(Conversions.toDate(value).orElseThrow(this::unfit).toEpochDay());
            case TIMESTAMP -> timestampOf(value);
            case JSON -> json(value);
            case BYTES -> target().bytes(Conversions.toUtf8(value).orElseThrow(this::unfit));
        }
    }

    private void numberOf(String text) {
        if (Conversions.isNotFinite(text)) {
            target().number(Double.parseDouble(text));
            return;
        }
        numberOf(Conversions.toDecimal(text).orElseThrow(this::unfit));
    }

    /**
     * By its value alone, so that a real 5.0 and a numeric 5.00 are the same: without an exponent, and without zeros at
     * its end.
     */
    private void numberOf(BigDecimal value) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (shortest.scale() > 0) {
            target().decimal(shortest);
        } else if (Conversions.isLong(shortest)) {
            target().integer(shortest.longValueExact());
        } else {
            target().decimal(shortest.setScale(0));
        }
    }

    /**
     * As the decimal of its shortest digits. Only what is none (NaN, infinities, -0.0) and what is written the same
     * stays a double.
     */
    private void numberOf(double value) {
        double size = Math.abs(value);
        boolean negativeZero = Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
        if (size < 0x1p53 && (double) (long) value == value && !negativeZero) {
            target().integer((long) value);
        } else if (!Double.isFinite(value) || negativeZero || (size >= 1e-3 && size < 1e7)) {
            target().number(value);
        } else {
            numberOf(new BigDecimal(Conversions.shortest(value)));
        }
    }

    /** A number too, where the column has a unit: columns of text may hold some. */
    private void timestampOf(String text) {
        Optional<Instant> instant = Conversions.toInstant(text);
        if (instant.isEmpty()) {
            BigDecimal number = Conversions.toDecimal(text).orElseThrow(this::unfit);
            instant = Moments.of(number, unit());
        }
        instant(instant.orElseThrow(this::unfit));
    }

    @Override
    public void date(long epochDay) {
        switch (type()) {
            case DATE, ANY -> target().date(epochDay);
            case STRING -> target().text(LocalDate.ofEpochDay(epochDay).toString());
            case TIMESTAMP -> target().timestamp(Math.multiplyExact(epochDay, 86_400L), 0);
            case INTEGER, NUMBER, BOOLEAN, JSON, BYTES -> throw unfit();
        }
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        switch (type()) {
            case TIMESTAMP, ANY -> target().timestamp(epochSecond, nano);
            case STRING ->
                target().text(Instant.ofEpochSecond(epochSecond, nano).toString());
            case INTEGER, NUMBER, BOOLEAN, DATE, JSON, BYTES -> throw unfit();
        }
    }

    private void instant(Instant value) {
        target().timestamp(value.getEpochSecond(), value.getNano());
    }

    @Override
    public void json(String value) {
        switch (type()) {
            case JSON -> {
                if (!Conversions.isJson(value)) {
                    throw unfit();
                }
                target().json(Conversions.withoutSpace(value));
            }
            case ANY -> target().json(value);
            case STRING, INTEGER, NUMBER, BOOLEAN, DATE, TIMESTAMP, BYTES -> text(value);
        }
    }

    @Override
    public void bytes(byte[] value) {
        switch (type()) {
            case BYTES, ANY -> target().bytes(value);
            case STRING, JSON -> text(Conversions.ofUtf8(value).orElseThrow(this::unfit));
            case INTEGER, NUMBER, BOOLEAN, DATE, TIMESTAMP -> throw unfit();
        }
    }

    @Override
    public void endRow() {
        throw new IllegalStateException("a column ends no row");
    }
}
