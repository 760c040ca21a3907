package dev.windrow.api.start;

import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Rfc3339;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.outbox.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A start as one text: after checks, with defaults, whatever the order of its fields and however its numbers and times
 * were written. Each piece stands after its length, so that no two starts share a text unless they ask for the same.
 */
final class CanonicalForm {
    private final StringBuilder text = new StringBuilder();

    private CanonicalForm() {}

    /** All that tells two archives apart, but for the rows that have come meanwhile. */
    static String ofArchive(ExportRequest request, Dataset dataset) {
        CanonicalForm form = new CanonicalForm();
        CsvOptions csv = request.options().csv();
        form.add(request.dataset());
        form.add(request.format().id());
        form.add(request.columns());
        form.add(List.of(csv.bom(), String.valueOf(csv.delimiter()), csv.crlf(), csv.escapeFormulas(), csv.mostRows()));
        form.add(request.options().json().indent());
        Headers headers = request.options().headers();
        if (headers != Headers.NAMES) {
            // Only then: the digests of earlier starts, which have none, are kept. A text for which no parameter's name
            // can be taken.
            form.add(List.of(headers.id()));
        }
        new TreeMap<>(request.parameters()).forEach((name, value) -> {
            form.add(name);
            form.add(dataset.parameters().stream().anyMatch(one -> isTime(one, name)) ? time(value) : value);
        });
        return form.text.toString();
    }

    /** The SHA-256, in hex, of everything that a start asks for. Who is told comes last, where there is anybody. */
    static String digest(ExportRequest request, Dataset dataset, @Nullable Duration maxAge, List<Target> tell) {
        CanonicalForm form = new CanonicalForm();
        form.add(ofArchive(request, dataset));
        form.add(request.fileName());
        form.add(String.valueOf(maxAge));
        tell.forEach(target -> form.add(List.of(target.kind().id(), target.name())));
        return Sha256.hex(form.text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isTime(Parameter parameter, String name) {
        return parameter.type() == ParameterType.TIMESTAMP && parameter.name().equals(name);
    }

    /** In UTC, as most are written; what is none stays as it is, such as a default that moves with the clock. */
    private static @Nullable Object time(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CanonicalForm::time).toList();
        }
        try {
            return value instanceof String text ? Rfc3339.timestamp(text).toString() : value;
        } catch (DateTimeException e) {
            return value;
        }
    }

    private void add(@Nullable Object value) {
        if (value instanceof List<?> list) {
            text.append('l').append(list.size()).append(':');
            list.forEach(this::add);
        } else if (value instanceof Map<?, ?> map) {
            throw new IllegalArgumentException("no parameter is an object: " + map.keySet());
        } else {
            String words = value instanceof Number number ? number(number) : String.valueOf(value);
            char kind = value instanceof Number ? 'n' : value instanceof String ? 's' : 'c';
            text.append(kind).append(words.length()).append(':').append(words);
        }
    }

    /** One text for each value: 1, 1.0 and 1e0 are the same. Never spread out, since an exponent may be huge. */
    private static String number(Number number) {
        BigDecimal exact = number instanceof BigDecimal decimal
                ? decimal
                : number instanceof BigInteger integer ? new BigDecimal(integer) : new BigDecimal(number.toString());
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.unscaledValue() + "e" + -(long) stripped.scale();
    }
}
