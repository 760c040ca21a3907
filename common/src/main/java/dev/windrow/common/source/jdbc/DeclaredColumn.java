package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A column whose type the catalog's {@code as} says: every value is given as that type, or refused. Belongs to one reader. */
final class DeclaredColumn implements RowSink {
    private final Column column;
    private @Nullable RowSink target;

    DeclaredColumn(Column column) {
        this.column = column;
    }

    /** A value that is not of its column's type. Never leaves this package. */
    static final class UnfitValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitValueException(Column column) {
            super(
                    "Column " + column.name() + " holds a value that is no "
                            + column.type().id() + ".",
                    null,
                    false,
                    false);
        }
    }

    /** Takes values as the source has them, and gives them to the sink as the column's type. */
    RowSink into(RowSink sink) {
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
        return new UnfitValueException(column);
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
            case TIMESTAMP -> instant(Instant.ofEpochMilli(value));
            case DATE, BYTES -> throw unfit();
        }
    }

    @Override
    public void number(double value) {
        switch (type()) {
            case NUMBER, ANY -> target().number(value);
            case STRING -> target().text(Conversions.shortest(value));
            case INTEGER, BOOLEAN, TIMESTAMP, JSON -> {
                if (!Double.isFinite(value)) {
                    throw unfit();
                }
                if (type() == ColumnType.JSON) {
                    target().json(Conversions.shortest(value));
                } else {
                    integral(new BigDecimal(value));
                }
            }
            case DATE, BYTES -> throw unfit();
        }
    }

    @Override
    public void decimal(BigDecimal value) {
        switch (type()) {
            case NUMBER, ANY -> target().decimal(value);
            case STRING -> target().text(value.toPlainString());
            case JSON -> target().json(value.toString());
            case INTEGER, BOOLEAN, TIMESTAMP -> integral(value);
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
            case INTEGER, NUMBER, DATE, TIMESTAMP, BYTES -> throw unfit();
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
            case TIMESTAMP -> instant(Conversions.toInstant(value).orElseThrow(this::unfit));
            case JSON -> json(value);
            case BYTES -> target().bytes(Conversions.toUtf8(value).orElseThrow(this::unfit));
        }
    }

    private void numberOf(String text) {
        if (Conversions.isNotFinite(text)) {
            target().number(Double.parseDouble(text));
            return;
        }
        BigDecimal value = Conversions.toDecimal(text).orElseThrow(this::unfit);
        if (value.scale() == 0 && Conversions.isLong(value)) {
            target().integer(value.longValueExact());
        } else {
            target().decimal(value);
        }
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
                target().json(value);
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
