package dev.windrow.common.source.jdbc.value;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of a key in canonical bytes, which say where blocks end. For each part a tag and the value: {@code i} and
 * eight bytes, the highest first, for an integer that fits a long, whatever its type; {@code n} and the shortest
 * decimal text for other numbers; {@code t} and UTF-8 for text; {@code b} and the bytes; {@code o} and the text of
 * anything else; and a zero. So numbers that a database takes for equal have one hash. Belongs to one thread.
 */
public final class KeyHash {
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int INTEGER_BYTES = 1 + Long.BYTES + 1;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer = ByteBuffer.allocate(INTEGER_BYTES * 4);

    public int of(long[] integers) {
        begin(integers.length * INTEGER_BYTES);
        for (long value : integers) {
            put(value);
        }
        return end();
    }

    public int of(Object[] values) {
        begin(0);
        for (Object value : values) {
            put(value);
        }
        return end();
    }

    private void begin(int room) {
        buffer.clear();
        ensure(room);
    }

    private int end() {
        crc.reset();
        crc.update(buffer.array(), 0, buffer.position());
        return (int) crc.getValue();
    }

    private void put(Object value) {
        if (value instanceof Long integer) {
            ensure(INTEGER_BYTES);
            put(integer.longValue());
        } else if (value instanceof Double number) {
            if (number == Math.rint(number) && Math.abs(number) <= 0x1p63) {
                // Exactly, as a database compares it with an integer: the shortest text may mean another one from 2^53
                // on.
                put(new BigDecimal(number));
            } else if (Double.isFinite(number)) {
                put(new BigDecimal(Conversions.shortest(number)));
            } else {
                put('n', utf8(number.toString()));
            }
        } else if (value instanceof BigDecimal decimal) {
            put(decimal);
        } else if (value instanceof String text) {
            put('t', utf8(text));
        } else if (value instanceof byte[] bytes) {
            put('b', bytes);
        } else {
            put('o', utf8(value.toString()));
        }
    }

    private void put(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean integral = plain.scale() <= 0 && plain.compareTo(LONG_MIN) >= 0 && plain.compareTo(LONG_MAX) <= 0;
        if (integral) {
            ensure(INTEGER_BYTES);
            put(plain.longValueExact());
        } else {
            put('n', utf8(plain.toString()));
        }
    }

    private void put(long integer) {
        buffer.put((byte) 'i').putLong(integer).put((byte) 0);
    }

    private void put(char tag, byte[] bytes) {
        ensure(bytes.length + 2);
        buffer.put((byte) tag).put(bytes).put((byte) 0);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void ensure(int room) {
        if (buffer.remaining() < room) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + room));
            larger.put(buffer.array(), 0, buffer.position());
            buffer = larger;
        }
    }
}
