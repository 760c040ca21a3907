package dev.windrow.api.http;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept-Encoding} (RFC 9110, section 12.5.3), as far as gzip is concerned. */
public final class AcceptEncoding {
    private static final Pattern MEMBER = Pattern.compile(
            "[ \\t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \\t]*(?:;[ \\t]*[qQ]=([01](?:\\.[0-9]{0,3})?)[ \\t]*)?");

    private AcceptEncoding() {}

    /**
     * Whether the client takes gzip, and does not like the plain form better. A member that can't be read is passed
     * over.
     */
    public static boolean prefersGzip(List<String> lines) {
        Map<String, BigDecimal> weights = new HashMap<>();
        for (String member : String.join(",", lines).split(",")) {
            Matcher matcher = MEMBER.matcher(member);
            if (matcher.matches()) {
                String weight = matcher.group(2);
                weights.put(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        weight == null ? BigDecimal.ONE : new BigDecimal(weight));
            }
        }
        BigDecimal gzip = first(weights.get("gzip"), weights.get("x-gzip"), weights.get("*"));
        BigDecimal plain = first(weights.get("identity"));
        return gzip.signum() > 0 && gzip.compareTo(plain) >= 0;
    }

    private static BigDecimal first(@Nullable BigDecimal... weights) {
        for (BigDecimal weight : weights) {
            if (weight != null) {
                return weight;
            }
        }
        return BigDecimal.ZERO;
    }
}
