package dev.windrow.api.trail;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.export.Export;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the audit says of an export: no value of a parameter. Thread-safe. */
public final class Subjects {
    /** A number with more digits may have an exponent that fills the memory. */
    private static final int MOST_DIGITS = 40;

    private static final JsonAnswers JSON = new JsonAnswers();

    private Subjects() {}

    public static Subject of(Export export) {
        return new Subject(
                export.id().toString(),
                export.request().dataset(),
                digest(export.request().parameters()));
    }

    /**
     * The SHA-256, in hex, of the parameters as JSON: one object without blanks, its names in order, whole numbers
     * without a point or exponent. So an auditor who knows the parameters can say whether it was these.
     */
    static String digest(Map<String, Object> parameters) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        parameters.forEach((name, value) -> sorted.put(name, plain(value)));
        return Sha256.hex(JSON.write(sorted));
    }

    /** The table gives numbers back in other types than the request had. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Subjects::plain).toList();
        }
        if (!(value instanceof Number)) {
            return value;
        }
        BigDecimal exact = new BigDecimal(value.toString()).stripTrailingZeros();
        boolean whole = exact.scale() <= 0 && (long) exact.precision() - exact.scale() <= MOST_DIGITS;
        return whole ? exact.toBigInteger() : exact;
    }
}
