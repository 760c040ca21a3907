package dev.windrow.common.source.jdbc.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.RowSink;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class MaskingSinkTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    /** Each value as a source may give it, and its text. */
    private static final List<Value> VALUES = List.of(
            new Value(sink -> sink.integer(-12345), "-12345"),
            new Value(sink -> sink.number(0.1), "0.1"),
            new Value(sink -> sink.number(Double.parseDouble("2e23")), "200000000000000000000000"),
            new Value(sink -> sink.number(5.0), "5"),
            new Value(sink -> sink.number(-0.0), "0"),
            new Value(sink -> sink.number(Double.NaN), "NaN"),
            new Value(sink -> sink.number(Double.MIN_VALUE), "0." + "0".repeat(323) + "5"),
            new Value(sink -> sink.decimal(new BigDecimal("10.500")), "10.5"),
            new Value(sink -> sink.decimal(new BigDecimal("1E+3")), "1000"),
            new Value(sink -> sink.bool(true), "true"),
            new Value(sink -> sink.text("ü🎉abc"), "ü🎉abc"),
            new Value(sink -> sink.text(""), ""),
            new Value(sink -> sink.date(1), "1970-01-02"),
            new Value(sink -> sink.timestamp(1, 500_000_000), "1970-01-01T00:00:01.500Z"),
            new Value(sink -> sink.json("{\"a\":1}"), "{\"a\":1}"),
            new Value(sink -> sink.bytes(new byte[] {1, 2, 3, 4}), "AQIDBA=="));

    private record Value(Consumer<RowSink> give, String text) {}

    @Test
    void hashesEachValuesTextWithTheKey() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        for (Value value : VALUES) {
            byte[] hash = mac.doFinal(value.text.getBytes(StandardCharsets.UTF_8));
            assertThat(masked(Mask.HASH, value.give))
                    .as(value.text)
                    .containsExactly("text " + HexFormat.of().formatHex(Arrays.copyOf(hash, 16)));
        }
    }

    @Test
    void showsTheLastFourCharactersOfWhatHasMore() {
        for (Value value : VALUES) {
            int[] points = value.text.codePoints().toArray();
            String end = points.length <= 4 ? "" : new String(points, points.length - 4, 4);
            assertThat(masked(Mask.LAST4, value.give)).as(value.text).containsExactly("text …" + end);
        }
    }

    @Test
    void givesNullForNull() {
        for (Value value : VALUES) {
            assertThat(masked(Mask.NULL, value.give)).as(value.text).containsExactly("nullValue");
        }
        for (Mask mask : List.of(Mask.NULL, Mask.HASH, Mask.LAST4)) {
            assertThat(masked(mask, RowSink::nullValue)).containsExactly("nullValue");
        }
    }

    @Test
    void passesTheOtherColumnsOfEachRowAsTheyAre() {
        List<String> given = new ArrayList<>();
        Column plain = new Column("a", ColumnType.ANY, false, null);
        MaskingSink sink =
                new MaskingSink(recorder(given), List.of(plain, plain.maskedAs(Mask.NULL), plain), MaskKey.NONE);
        for (Value value : VALUES) {
            value.give.accept(sink);
            value.give.accept(sink);
            value.give.accept(sink);
            sink.endRow();
        }

        List<String> expected = new ArrayList<>();
        for (Value value : VALUES) {
            RowSink recorder = recorder(expected);
            value.give.accept(recorder);
            recorder.nullValue();
            value.give.accept(recorder);
            recorder.endRow();
        }
        assertThat(given).isEqualTo(expected);
    }

    @Test
    void refusesToHashWithoutAKeyOrWithAShortOne() {
        assertThatThrownBy(() -> masked(Mask.HASH, sink -> sink.integer(1), MaskKey.NONE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> MaskKey.of("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("windrow.security.mask-key")
                .hasMessageNotContaining("short\"");
    }

    private static List<String> masked(Mask mask, Consumer<RowSink> value) {
        return masked(mask, value, MaskKey.of(SECRET));
    }

    private static List<String> masked(Mask mask, Consumer<RowSink> value, MaskKey key) {
        List<String> given = new ArrayList<>();
        Column column = new Column("a", ColumnType.ANY, false, null).maskedAs(mask);
        value.accept(new MaskingSink(recorder(given), List.of(column), key));
        return given;
    }

    private static RowSink recorder(List<String> given) {
        return (RowSink) Proxy.newProxyInstance(
                RowSink.class.getClassLoader(), new Class<?>[] {RowSink.class}, (proxy, method, values) -> {
                    String all =
                            values == null ? "" : Arrays.deepToString(values).replaceAll("^\\[|]$", "");
                    given.add((method.getName() + " " + all).strip());
                    return null;
                });
    }
}
