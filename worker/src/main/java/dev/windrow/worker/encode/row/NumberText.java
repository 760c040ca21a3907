package dev.windrow.worker.encode.row;

import java.math.BigDecimal;
import tools.jackson.core.io.NumberOutput;

/*
 * Doubles are written as JDK 19 and later have it in Double.toString: of the decimals that read back as the double one
 * with the fewest digits, and of those the nearest. Jackson's Schubfach gives that on every JDK, but makes garbage and
 * takes its time. So the doubles that are short decimals, which measured values mostly are, take a shorter way:
 *
 *   d = round(v * 10^k), and if the double d / 10^k is v, then v is the decimal d * 10^-k without its trailing zeros.
 *
 * k is chosen so that d < 2^50. So d and 10^k are exact doubles, and by IEEE 754 d / 10^k is the double nearest to the
 * decimal, which therefore reads back as v. No other decimal of k places does: they lie at least 4 units of v's last
 * place apart and never share a double. A shorter one, with zeros after it, would be one of k places, hence this one.
 * (A double that is such a decimal is not missed: its product is off by less than 2^-51 of itself, which is under one
 * half.)
 */
/** Numbers as text, in no locale's form. */
public final class NumberText {
    /** The most bytes that a long takes. */
    public static final int LONGEST_LONG = 20;

    /** The most bytes that a double takes. */
    public static final int LONGEST_DOUBLE = 26;

    /** As many places as a PostgreSQL numeric may have after its point. */
    private static final long MOST_ZEROS = 16_384;

    private NumberText() {}

    /** Writes a long and gives the index after it. */
    public static int write(long value, byte[] to, int at) {
        return NumberOutput.outputLong(value, to, at);
    }

    /** Writes a double as {@code 100.0}, {@code 1.0E-5}, {@code -0.0}, {@code -Infinity}; gives the index after it. */
    public static int write(double value, byte[] to, int at) {
        double size = Math.abs(value);
        if (size < 1e7 && (size >= 1e-3 || size == 0)) {
            int places = size < 1e3 ? 12 : 8;
            double power = size < 1e3 ? 1e12 : 1e8;
            long digits = (long) (size * power + 0.5);
            if ((double) digits / power == size) {
                int next = at;
                if (Double.doubleToRawLongBits(value) < 0) {
                    to[next++] = '-';
                }
                return writeFixed(digits, places, to, next);
            }
        }
        return ascii(NumberOutput.toString(value, true), to, at);
    }

    /**
     * An exact number without exponent, as a database shows it. Only one that would need more than 16,384 zeros for
     * that, and so could fill a disk with one cell ({@code 1E+1000000000}), keeps its exponent.
     */
    public static String of(BigDecimal value) {
        long scale = value.scale();
        long zeros = scale < 0 ? -scale : scale - value.precision();
        return zeros <= MOST_ZEROS ? value.toPlainString() : value.toString();
    }

    /** Copies ASCII text and gives the index after it. */
    public static int ascii(String text, byte[] to, int at) {
        for (int i = 0; i < text.length(); i++) {
            to[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }

    private static int writeFixed(long digits, int places, byte[] to, int at) {
        long power = places == 12 ? 1_000_000_000_000L : 100_000_000L;
        int next = NumberOutput.outputInt((int) (digits / power), to, at);
        to[next++] = '.';
        long fraction = digits % power;
        int left = places;
        while (left > 4 && fraction % 10_000 == 0) {
            fraction /= 10_000;
            left -= 4;
        }
        while (left > 1 && fraction % 10 == 0) {
            fraction /= 10;
            left--;
        }
        for (int i = next + left - 1; i >= next; i--) {
            to[i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        return next + left;
    }
}
